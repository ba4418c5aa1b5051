package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.pipelinebox.api.InvalidParametersException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Turns the parameters of the workers of one class into bytes and back, by the declared type of the constructor. Thread-safe. */
public final class ParametersCodec {

    private final WorkerClass type;

    /** For the workers of this class. */
    public ParametersCodec(WorkerClass type) {
        this.type = type;
    }

    /**
     * Writes a worker's parameters, after trying whether the constructor's parameter can be made of them.
     *
     * @param parameters an object of the constructor's type, or name-value pairs; {@code null} if none were given
     * @return the bytes for {@link #read}; {@code null} if there are none
     * @throws InvalidParametersException if they do not fit
     */
    public byte @Nullable [] write(@Nullable Object parameters) {
        String name = type.workerClass().getName();
        JavaType wanted = type.parametersType().orElse(null);
        if (wanted == null) {
            if (parameters == null) {
                return null;
            }
            throw new InvalidParametersException("The constructor of " + name + " takes no parameters, but found "
                    + parameters.getClass().getName() + "; call addWorker(), or give the constructor one parameter");
        }
        if (parameters == null) {
            throw new InvalidParametersException("The constructor of " + name + " takes a parameter of type "
                    + wanted.toCanonical() + "; call addWorker(parameters) with one, or with a Map of its names and"
                    + " values");
        }
        boolean fits = wanted.getRawClass().isInstance(parameters);
        try {
            byte[] bytes = fits
                    ? JacksonSetup.VALUES.writerFor(wanted).writeValueAsBytes(parameters)
                    : JacksonSetup.VALUES.writeValueAsBytes(parameters);
            ObjectReader reader = JacksonSetup.VALUES.readerFor(wanted);
            (fits ? reader : strict(reader)).readValue(bytes);
            return bytes;
        } catch (IOException misfit) {
            throw new InvalidParametersException(
                    "The parameters (" + parameters.getClass().getName() + ") do not fit the constructor of " + name
                            + ", which takes " + wanted.toCanonical() + ": " + PayloadCodec.describe(misfit),
                    misfit);
        }
    }

    /**
     * Reads a worker's parameters.
     *
     * @param bytes what {@link #write} made
     * @return the constructor's argument
     * @throws InvalidParametersException if Jackson cannot read them
     */
    public @Nullable Object read(byte @Nullable [] bytes) {
        JavaType wanted = type.parametersType().orElse(null);
        if (bytes == null || wanted == null) {
            return null;
        }
        try {
            return JacksonSetup.VALUES.readerFor(wanted).readValue(bytes);
        } catch (IOException misfit) {
            throw new InvalidParametersException(PayloadCodec.describe(misfit), misfit);
        }
    }

    private static ObjectReader strict(ObjectReader reader) {
        return reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }
}
