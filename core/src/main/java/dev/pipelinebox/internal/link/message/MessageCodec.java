package dev.pipelinebox.internal.link.message;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.pipelinebox.internal.task.Demand;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The binary form of messages: batches of tasks and outcomes in {@link BatchCodec}, straight into and out of the
 * transport's buffer, all others as CBOR by Jackson. A message takes all that is left of the buffer that it is read from.
 * Only these two types are ever read. Thread-safe.
 */
public final class MessageCodec {

    private static final byte BATCH = 'b';
    private static final byte CBOR = 'c';

    /** The form of values that know nothing of Jackson. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private interface AsArray {}

    private final ObjectWriter masterToWorkerWriter;
    private final ObjectWriter workerToMasterWriter;
    private final ObjectReader masterToWorkerReader;
    private final ObjectReader workerToMasterReader;

    public MessageCodec() {
        CBORMapper mapper = CBORMapper.builder()
                .addMixIn(Demand.class, AsArray.class)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        masterToWorkerWriter = mapper.writerFor(MasterToWorker.class);
        workerToMasterWriter = mapper.writerFor(WorkerToMaster.class);
        masterToWorkerReader = mapper.readerFor(MasterToWorker.class);
        workerToMasterReader = mapper.readerFor(WorkerToMaster.class);
    }

    /** No less than what the message takes. */
    public int size(MasterToWorker message) {
        return 1
                + (message instanceof MasterToWorker.Tasks tasks
                        ? BatchCodec.size(tasks.batch())
                        : cbor(message, masterToWorkerWriter).length);
    }

    /** No less than what the message takes. */
    public int size(WorkerToMaster message) {
        return 1
                + (message instanceof WorkerToMaster.Done done
                        ? BatchCodec.size(done.outcomes())
                        : cbor(message, workerToMasterWriter).length);
    }

    public void write(MasterToWorker message, ByteBuffer to) {
        if (message instanceof MasterToWorker.Tasks tasks) {
            to.put(BATCH);
            BatchCodec.write(tasks, to);
        } else {
            to.put(CBOR).put(cbor(message, masterToWorkerWriter));
        }
    }

    public void write(WorkerToMaster message, ByteBuffer to) {
        if (message instanceof WorkerToMaster.Done done) {
            to.put(BATCH);
            BatchCodec.write(done, to);
        } else {
            to.put(CBOR).put(cbor(message, workerToMasterWriter));
        }
    }

    /** The message in a buffer, behind so many bytes that are left free. */
    public ByteBuffer written(MasterToWorker message, int free) {
        if (message instanceof MasterToWorker.Tasks tasks) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(free + size(message)).position(free).put(BATCH);
            BatchCodec.write(tasks, buffer);
            return buffer;
        }
        return written(cbor(message, masterToWorkerWriter), free);
    }

    /** The same for the other direction. */
    public ByteBuffer written(WorkerToMaster message, int free) {
        if (message instanceof WorkerToMaster.Done done) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(free + size(message)).position(free).put(BATCH);
            BatchCodec.write(done, buffer);
            return buffer;
        }
        return written(cbor(message, workerToMasterWriter), free);
    }

    private static ByteBuffer written(byte[] cbor, int free) {
        return ByteBuffer.allocate(free + 1 + cbor.length)
                .position(free)
                .put(CBOR)
                .put(cbor);
    }

    /** Throws an exception of the buffer or of its own if the message is broken. */
    public MasterToWorker readMasterToWorker(ByteBuffer from) throws IOException {
        return isBatch(from) ? BatchCodec.readTasks(from) : masterToWorkerReader.readValue(rest(from));
    }

    /** The same for the other direction. */
    public WorkerToMaster readWorkerToMaster(ByteBuffer from) throws IOException {
        return isBatch(from) ? BatchCodec.readDone(from) : workerToMasterReader.readValue(rest(from));
    }

    private static boolean isBatch(ByteBuffer from) throws IOException {
        byte form = from.get();
        if (form != BATCH && form != CBOR) {
            throw new IOException("there is no form " + form);
        }
        return form == BATCH;
    }

    private static byte[] cbor(Object message, ObjectWriter writer) {
        try {
            return writer.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] rest(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
