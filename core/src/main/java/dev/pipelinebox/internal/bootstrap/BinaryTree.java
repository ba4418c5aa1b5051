package dev.pipelinebox.internal.bootstrap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a configuration are written so that a JVM that has just started reads them quickly: without a
 * tokenizer, and without classes that it would not load otherwise.
 */
public final class BinaryTree {

    private static final char NULL = 'n';
    private static final char SECTION = 'm';
    private static final char LIST = 'l';
    private static final char TEXT = 's';
    private static final char TRUE = 't';
    private static final char FALSE = 'f';
    private static final char INTEGER = 'i';
    private static final char LONG = 'j';
    private static final char DOUBLE = 'd';

    private BinaryTree() {}

    public static void write(Map<String, ?> section, DataOutputStream out) throws IOException {
        writeSection(section, out);
    }

    public static Map<String, @Nullable Object> read(DataInputStream in) throws IOException {
        return readSection(in);
    }

    private static void writeValue(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Map<?, ?> section) {
            out.writeByte(SECTION);
            writeSection(section, out);
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object element : list) {
                writeValue(element, out);
            }
        } else if (value instanceof Boolean yes) {
            out.writeByte(yes ? TRUE : FALSE);
        } else if (value instanceof Integer number) {
            out.writeByte(INTEGER);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte(DOUBLE);
            out.writeDouble(number);
        } else {
            out.writeByte(TEXT);
            writeText((String) value, out);
        }
    }

    private static void writeSection(Map<?, ?> section, DataOutputStream out) throws IOException {
        out.writeInt(section.size());
        for (Map.Entry<?, ?> entry : new TreeMap<>(section).entrySet()) {
            writeText((String) entry.getKey(), out);
            writeValue(entry.getValue(), out);
        }
    }

    private static @Nullable Object readValue(DataInputStream in) throws IOException {
        char kind = (char) in.readUnsignedByte();
        return switch (kind) {
            case NULL -> null;
            case SECTION -> readSection(in);
            case LIST -> readList(in);
            case TEXT -> readText(in);
            case TRUE -> true;
            case FALSE -> false;
            case INTEGER -> in.readInt();
            case LONG -> in.readLong();
            case DOUBLE -> in.readDouble();
            default -> throw new IOException("No kind of value is written as " + (int) kind);
        };
    }

    private static List<@Nullable Object> readList(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<@Nullable Object> list = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            list.add(readValue(in));
        }
        return list;
    }

    private static Map<String, @Nullable Object> readSection(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<String, @Nullable Object> section = new HashMap<>();
        for (int index = 0; index < size; index++) {
            String key = readText(in);
            section.put(key, readValue(in));
        }
        return section;
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
