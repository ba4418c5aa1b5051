package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.pipelinebox.api.PayloadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns the users' affinity keys into bytes that are the same for equal keys: CBOR, with the entries of maps and the
 * elements of sets in an order of their own. Thread-safe.
 */
public final class KeyCodec {

    private static final ObjectWriter WRITER = mapper().writer();

    private KeyCodec() {}

    /**
     * Writes a key. Code of the user's runs here and never again.
     *
     * @param key the key
     * @return the name of its class, or of the interface of a list, set or map; and what Jackson makes of it
     * @throws PayloadException if Jackson cannot write it
     */
    public static byte[] write(Object key) {
        try {
            return join(type(key).getName().getBytes(StandardCharsets.UTF_8), WRITER.writeValueAsBytes(key));
        } catch (JsonProcessingException | RuntimeException | StackOverflowError unwritable) {
            throw new PayloadException(
                    "The key, of class " + key.getClass().getName() + ", cannot be written by Jackson: "
                            + PayloadCodec.describe(unwritable) + "; use a string, a number or a record as the key",
                    unwritable);
        }
    }

    private static byte[] join(byte[] type, byte[] value) {
        byte[] joined = Arrays.copyOf(type, type.length + 1 + value.length);
        System.arraycopy(value, 0, joined, type.length + 1, value.length);
        return joined;
    }

    private static Class<?> type(Object key) {
        if (key instanceof Enum<?> constant) {
            return constant.getDeclaringClass();
        }
        for (Class<?> collection : List.of(List.class, Set.class, Map.class)) {
            if (collection.isInstance(key)) {
                return collection;
            }
        }
        return key instanceof Path ? Path.class : key.getClass();
    }

    private static ObjectMapper mapper() {
        return JacksonSetup.VALUES
                .copy()
                .registerModule(new SimpleModule("keys")
                        .addSerializer(Path.class, ToStringSerializer.instance)
                        .addSerializer(Set.class, new Unordered<>(set -> set))
                        .addSerializer(Map.class, new Unordered<>(KeyCodec::entries)));
    }

    private static Collection<?> entries(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> Arrays.asList(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Equal sets and maps may give what they hold in different orders, so it is written in the order of its bytes. */
    private static final class Unordered<T> extends JsonSerializer<T> {

        private final Function<T, Collection<?>> elements;

        Unordered(Function<T, Collection<?>> elements) {
            this.elements = elements;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            List<byte[]> written = new ArrayList<>();
            for (Object element : elements.apply(value)) {
                written.add(WRITER.writeValueAsBytes(element));
            }
            written.sort(Arrays::compare);
            generator.writeStartArray();
            for (byte[] element : written) {
                generator.writeBinary(element);
            }
            generator.writeEndArray();
        }
    }
}
