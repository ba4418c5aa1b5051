package dev.pipelinebox.internal.link.artery;

import akka.actor.ExtendedActorSystem;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.VarInt;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes frames into Artery's buffer and reads these two types alone. It is bound to them in {@code reference.conf}; nothing
 * that an application sets for its own use of Jackson in Akka changes it.
 */
public final class WireSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {

    /** By which Akka knows it; those up to 40 are Akka's own. */
    public static final int IDENTIFIER = 0x50424F58;

    private static final String FROM_MASTER = "m";
    private static final String FROM_WORKER = "w";
    private static final int HEAD = 2 * VarInt.LONGEST;

    private final MessageCodec codec = new MessageCodec();

    /** Called by Akka. */
    public WireSerializer(ExtendedActorSystem system) {}

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return message instanceof MasterFrame ? FROM_MASTER : FROM_WORKER;
    }

    /** For callers without a buffer, which Artery is not. */
    @Override
    public byte[] toBinary(Object message) {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + bodySize(message));
        toBinary(message, buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private int bodySize(Object message) {
        if (message instanceof MasterFrame frame) {
            MasterToWorker body = frame.body();
            return body == null ? 0 : codec.size(body);
        }
        WorkerToMaster body = ((WorkerFrame) message).body();
        return body == null ? 0 : codec.size(body);
    }

    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        if (message instanceof MasterFrame frame) {
            MasterToWorker body = frame.body();
            writeHead(frame.seq(), frame.ack(), buffer);
            if (body != null) {
                codec.write(body, buffer);
            }
        } else {
            WorkerFrame frame = (WorkerFrame) message;
            WorkerToMaster body = frame.body();
            writeHead(frame.seq(), frame.ack(), buffer);
            if (body != null) {
                codec.write(body, buffer);
            }
        }
    }

    private static void writeHead(long seq, long ack, ByteBuffer to) {
        VarInt.put(seq, to);
        VarInt.put(ack, to);
    }

    @Override
    public WireMessage fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        return fromBinary(ByteBuffer.wrap(bytes), manifest);
    }

    @Override
    public WireMessage fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case FROM_MASTER -> masterFrame(buffer);
                case FROM_WORKER -> workerFrame(buffer);
                default -> throw new NotSerializableException("No message of this library: " + manifest);
            };
        } catch (NotSerializableException unknown) {
            throw unknown;
        } catch (IOException | BufferUnderflowException broken) {
            throw (NotSerializableException)
                    new NotSerializableException("A broken message: " + broken.getMessage()).initCause(broken);
        }
    }

    private MasterFrame masterFrame(ByteBuffer from) throws IOException {
        long seq = VarInt.get(from);
        long ack = VarInt.get(from);
        return new MasterFrame(seq, ack, seq == 0 ? null : codec.readMasterToWorker(from));
    }

    private WorkerFrame workerFrame(ByteBuffer from) throws IOException {
        long seq = VarInt.get(from);
        long ack = VarInt.get(from);
        return new WorkerFrame(seq, ack, seq == 0 ? null : codec.readWorkerToMaster(from));
    }
}
