package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.task.Payloads;
import dev.pipelinebox.internal.task.ShownText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the arguments and results of one worker class into bytes and back, by their declared types: CBOR, with no type
 * names in it but those of the user's own annotations. A null value is a null array, and a value of the declared type
 * {@code byte[]} is its bytes as they are. Thread-safe.
 */
public final class PayloadCodec {

    private static final int LONGEST_PATH = 1000;

    private final int maxBytes;
    private final Form arguments;
    private final Form results;

    /** How values of a declared type are written; those of type {@code byte[]} are their bytes as they are. */
    private record Form(
            String what,
            JavaType declared,
            boolean isBytes,
            ScalarCodec scalar,
            ObjectWriter writer,
            ObjectReader reader) {

        static Form of(String what, JavaType declared) {
            return new Form(
                    what,
                    declared,
                    declared.getRawClass() == byte[].class,
                    ScalarCodec.of(declared),
                    JacksonSetup.VALUES.writerFor(declared),
                    JacksonSetup.VALUES.readerFor(declared));
        }
    }

    /** Loads what a codec takes, a seventh of a master's start, so that it may happen meanwhile. */
    public static void prepare() {
        JacksonSetup.VALUES.getTypeFactory();
    }

    /**
     * A codec for one worker class.
     *
     * @param type the class
     * @param maxBytes the greatest payload, {@code pipelinebox.payload.max-size}
     */
    public PayloadCodec(WorkerClass type, int maxBytes) {
        JavaType[] types = type.taskTypes();
        this.maxBytes = maxBytes;
        this.arguments = Form.of("argument", types[0]);
        this.results = Form.of("result", types[1]);
    }

    /**
     * Writes an argument.
     *
     * @param argument the value
     * @return its bytes
     * @throws PayloadException if Jackson cannot write it, or it is too large
     */
    public byte @Nullable [] writeArgument(@Nullable Object argument) {
        return write(arguments, argument);
    }

    /**
     * Reads an argument.
     *
     * @param bytes what {@link #writeArgument} made
     * @return the value
     * @throws PayloadException if Jackson cannot read it
     */
    public @Nullable Object readArgument(byte @Nullable [] bytes) {
        return read(arguments, bytes);
    }

    /**
     * Reads one of several arguments.
     *
     * @param values what {@link #writeArgument} made
     * @param index which of them
     * @return the value
     * @throws PayloadException if Jackson cannot read it
     */
    public @Nullable Object readArgument(Payloads values, int index) {
        return read(arguments, values, index);
    }

    /**
     * Writes a result.
     *
     * @param result the value
     * @return its bytes
     * @throws PayloadException if Jackson cannot write it, or it is too large
     */
    public byte @Nullable [] writeResult(@Nullable Object result) {
        return write(results, result);
    }

    /**
     * Reads a result.
     *
     * @param bytes what {@link #writeResult} made
     * @return the value
     * @throws PayloadException if Jackson cannot read it
     */
    public @Nullable Object readResult(byte @Nullable [] bytes) {
        return read(results, bytes);
    }

    /**
     * Reads one of several results.
     *
     * @param values what {@link #writeResult} made
     * @param index which of them
     * @return the value
     * @throws PayloadException if Jackson cannot read it
     */
    public @Nullable Object readResult(Payloads values, int index) {
        return read(results, values, index);
    }

    /**
     * Makes an argument for other workers of a result of these. Where the types are the same, it is the same bytes.
     *
     * @param bytes what {@link #writeResult} made
     * @param next the other workers' codec
     * @return what its {@link #writeArgument} would make
     * @throws PayloadException if it does not fit, or is too large
     */
    public byte @Nullable [] passOn(byte @Nullable [] bytes, PayloadCodec next) {
        if (!results.declared().equals(next.arguments.declared())) {
            return next.writeArgument(readResult(bytes));
        }
        next.checkSize("argument", bytes == null ? 0 : bytes.length);
        return bytes;
    }

    private byte @Nullable [] write(Form form, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] raw) {
            checkSize(form.what(), raw.length);
        }
        byte[] bytes;
        try {
            bytes = form.isBytes() ? ((byte[]) value).clone() : form.scalar().write(value);
            bytes = bytes == null ? form.writer().writeValueAsBytes(value) : bytes;
        } catch (JsonProcessingException | RuntimeException | StackOverflowError unwritable) {
            String problem = describe(unwritable);
            throw new PayloadException(
                    "The " + form.what() + ", of class " + value.getClass().getName() + ", cannot be written as "
                            + form.declared().toCanonical() + " by Jackson: " + problem + "; "
                            + ModuleAccess.remedy(problem).orElse("use records, or annotate the class"),
                    unwritable);
        } catch (OutOfMemoryError full) {
            throw new PayloadException(
                    "The " + form.what() + ", of class " + value.getClass().getName()
                            + ", does not fit into the heap of this process once more, in bytes; give it more (-Xmx),"
                            + " or pass a file name instead",
                    full);
        }
        checkSize(form.what(), bytes.length);
        return bytes;
    }

    private void checkSize(String what, int size) {
        if (size > maxBytes) {
            throw new PayloadException("The " + what + " takes " + size + " bytes, more than the " + maxBytes
                    + " that pipelinebox.payload.max-size allows; raise it, or pass a file name instead");
        }
    }

    private static @Nullable Object read(Form form, Payloads values, int index) {
        if (form.isBytes() || values.isNull(index)) {
            return values.get(index);
        }
        return read(form, values.array(), values.offset(index), values.size(index));
    }

    /** What is read of bytes that are a value is not read again, so they need not be copied. */
    private static @Nullable Object read(Form form, byte @Nullable [] bytes) {
        return bytes == null || form.isBytes() ? bytes : read(form, bytes, 0, bytes.length);
    }

    private static Object read(Form form, byte[] bytes, int offset, int length) {
        Object quick = form.scalar().read(bytes, offset, length);
        try {
            return quick == null ? form.reader().readValue(bytes, offset, length) : quick;
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError unreadable) {
            throw new PayloadException(
                    "The " + form.what() + " cannot be read back as "
                            + form.declared().toCanonical() + " by Jackson: " + describe(unreadable),
                    unreadable);
        }
    }

    static String describe(Throwable problem) {
        if (problem instanceof JsonProcessingException jackson) {
            String path = jackson instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
            String where = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
            return ShownText.of(jackson.getOriginalMessage() + (path.isEmpty() ? "" : " (at " + where + ")"));
        }
        boolean isOnlyAWrapper = problem instanceof ExceptionInInitializerError && problem.getCause() != null;
        return isOnlyAWrapper ? problem + ": " + problem.getCause() : problem.toString();
    }
}
