package dev.pipelinebox.protocol;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.jackson.AkkaTypedJacksonModule;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.NotSerializableException;

/**
 * Writes the messages of the wire as CBOR by Jackson, and reads these two types alone. It is bound to them in {@code
 * reference.conf}; nothing that an application sets for its own use of Jackson in Akka changes it.
 */
public final class WireSerializer extends SerializerWithStringManifest {

    /** By which Akka knows it; those up to 40 are Akka's own. */
    static final int IDENTIFIER = 0x50424F58;

    private static final String FROM_MASTER = "m";
    private static final String FROM_WORKER = "w";

    private final ObjectWriter writer;
    private final ObjectReader fromMaster;
    private final ObjectReader fromWorker;

    /**
     * Called by Akka.
     *
     * @param system the actor system
     */
    public WireSerializer(ExtendedActorSystem system) {
        CBORMapper mapper = CBORMapper.builder()
                .addModule(new AkkaTypedJacksonModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        writer = mapper.writer();
        fromMaster = mapper.readerFor(FromMaster.class);
        fromWorker = mapper.readerFor(FromWorker.class);
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return message instanceof FromMaster ? FROM_MASTER : FROM_WORKER;
    }

    @Override
    public byte[] toBinary(Object message) {
        try {
            return writer.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public WireMessage fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case FROM_MASTER -> fromMaster.readValue(bytes);
                case FROM_WORKER -> fromWorker.readValue(bytes);
                default -> throw new NotSerializableException("No message of this library: " + manifest);
            };
        } catch (NotSerializableException unknown) {
            throw unknown;
        } catch (IOException broken) {
            throw (NotSerializableException)
                    new NotSerializableException("A broken message: " + broken.getMessage()).initCause(broken);
        }
    }
}
