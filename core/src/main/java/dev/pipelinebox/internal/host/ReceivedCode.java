package dev.pipelinebox.internal.host;

import dev.pipelinebox.internal.launch.blob.BlobPin;
import dev.pipelinebox.internal.launch.blob.BlobStore;
import dev.pipelinebox.internal.launch.blob.transfer.BlobReceiver;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobReceiver;
import dev.pipelinebox.internal.launch.blob.transfer.FromBlobSender;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.local.WorkerCode;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes the code of a master's workers into the store of this host, and keeps it there until this is closed. */
final class ReceivedCode implements AutoCloseable {

    private final BlobStore store;
    private final MasterToHost.Code code;
    private final BlobPin pin;
    private final BlobReceiver receiver;

    /**
     * Nothing is asked for yet.
     *
     * @throws IOException if the store cannot be written
     */
    ReceivedCode(BlobStore store, MasterToHost.Code code) throws IOException {
        this.store = store;
        this.code = code;
        this.pin = store.pin(
                code.manifest().entries().stream().map(CodeBlob::sha256).toList());
        this.receiver = new BlobReceiver(store, code.manifest());
    }

    /** Looks what is there; returns what to tell the master. */
    List<FromBlobReceiver> start() {
        return receiver.start();
    }

    /** Takes what the master has sent; returns what to answer. */
    List<FromBlobReceiver> on(FromBlobSender message) {
        return receiver.on(message);
    }

    /** Whether all is there. */
    boolean isComplete() {
        return receiver.isComplete();
    }

    /** Why nothing more is taken, if that is so. */
    Optional<String> failure() {
        return receiver.failure();
    }

    /**
     * The code, when all of it is there.
     *
     * @throws IOException if the store cannot be read
     */
    WorkerCode workerCode() throws IOException {
        return WorkerCode.of(store.link(code.manifest()), code.jvmArguments());
    }

    @Override
    public void close() {
        receiver.close();
        pin.close();
    }
}
