package dev.pipelinebox.internal.link.message;

import akka.actor.ExtendedActorSystem;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.jackson.AkkaTypedJacksonModule;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the messages of the wire and reads these two types alone: batches of tasks and outcomes in {@link BatchCodec},
 * straight into and out of Artery's buffer, all others as CBOR by Jackson. It is bound to them in {@code reference.conf};
 * nothing that an application sets for its own use of Jackson in Akka changes it.
 */
public final class WireSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {

    /** By which Akka knows it; those up to 40 are Akka's own. */
    public static final int IDENTIFIER = 0x50424F58;

    private static final String FROM_MASTER = "m";
    private static final String FROM_WORKER = "w";
    private static final String TASKS = "t";
    private static final String DONE = "d";

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
        fromMaster = mapper.readerFor(MasterFrame.class);
        fromWorker = mapper.readerFor(WorkerFrame.class);
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof MasterFrame frame) {
            return frame.body() instanceof MasterToWorker.Tasks ? TASKS : FROM_MASTER;
        }
        return message instanceof WorkerFrame frame && frame.body() instanceof WorkerToMaster.Done ? DONE : FROM_WORKER;
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof MasterFrame frame && frame.body() instanceof MasterToWorker.Tasks tasks) {
            return written(message, BatchCodec.size(tasks.batch()));
        }
        if (message instanceof WorkerFrame frame && frame.body() instanceof WorkerToMaster.Done done) {
            return written(message, BatchCodec.size(done.outcomes()));
        }
        return toCbor(message);
    }

    private byte[] written(Object message, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        toBinary(message, buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        if (message instanceof MasterFrame frame && frame.body() instanceof MasterToWorker.Tasks tasks) {
            BatchCodec.write(frame, tasks, buffer);
        } else if (message instanceof WorkerFrame frame && frame.body() instanceof WorkerToMaster.Done done) {
            BatchCodec.write(frame, done, buffer);
        } else {
            buffer.put(toCbor(message));
        }
    }

    private byte[] toCbor(Object message) {
        try {
            return writer.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public WireMessage fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        return fromBinary(ByteBuffer.wrap(bytes), manifest);
    }

    @Override
    public WireMessage fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case TASKS -> BatchCodec.readTasks(buffer);
                case DONE -> BatchCodec.readDone(buffer);
                case FROM_MASTER -> fromMaster.readValue(rest(buffer));
                case FROM_WORKER -> fromWorker.readValue(rest(buffer));
                default -> throw new NotSerializableException("No message of this library: " + manifest);
            };
        } catch (NotSerializableException unknown) {
            throw unknown;
        } catch (IOException | BufferUnderflowException broken) {
            throw (NotSerializableException)
                    new NotSerializableException("A broken message: " + broken.getMessage()).initCause(broken);
        }
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
