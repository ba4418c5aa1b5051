package dev.pipelinebox.internal.launch.blob.transfer;

import dev.pipelinebox.internal.launch.blob.BlobStore;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes into a store what it lacks of a manifest. The blobs should be pinned before. Pieces that come twice do no harm; where
 * some are missing, the other side is asked to go on from there. Not thread-safe; writes files when it is told something.
 */
public final class BlobReceiver implements AutoCloseable {

    private final BlobStore store;
    private final CodeManifest manifest;
    private final Map<String, Incoming> lacking = new LinkedHashMap<>();
    private boolean isStarted;
    private @Nullable String failure;

    /**
     * A receiver, to be started.
     *
     * @param store where blobs are kept
     * @param manifest what is needed
     */
    public BlobReceiver(BlobStore store, CodeManifest manifest) {
        this.store = store;
        this.manifest = manifest;
    }

    /**
     * Looks what is there, which reads it if no program has done so since it started.
     *
     * @return what to tell the other side
     */
    public List<FromBlobReceiver> start() {
        try {
            for (CodeBlob blob : manifest.entries()) {
                if (!lacking.containsKey(blob.sha256())
                        && store.find(blob.sha256()).isEmpty()) {
                    Incoming incoming = new Incoming(store, blob);
                    if (!incoming.isCompleteAlready()) {
                        lacking.put(blob.sha256(), incoming);
                    }
                }
            }
            isStarted = true;
            return repeat();
        } catch (IOException unusable) {
            return fail(String.valueOf(unusable.getMessage()));
        }
    }

    /**
     * Says again where it is. To be called when nothing has come for a while, since something may have been lost.
     *
     * @return what to tell the other side
     */
    public List<FromBlobReceiver> repeat() {
        if (failure != null) {
            return List.of(new BlobsRefused(failure));
        }
        return isComplete()
                ? List.of(new BlobsComplete())
                : List.of(new BlobsLacking(
                        lacking.values().stream().map(Incoming::lacking).toList()));
    }

    /**
     * Takes what the other side says.
     *
     * @return what to answer, in this order
     */
    public List<FromBlobReceiver> on(FromBlobSender message) {
        if (failure != null) {
            return List.of();
        }
        if (message instanceof BlobPiece piece) {
            try {
                return onPiece(piece);
            } catch (IOException unusable) {
                return fail(String.valueOf(unusable.getMessage()));
            }
        }
        failure = ((BlobsUnreadable) message).reason();
        close();
        return List.of();
    }

    private List<FromBlobReceiver> onPiece(BlobPiece piece) throws IOException {
        Incoming incoming = lacking.get(piece.sha256());
        if (incoming == null) {
            return known(piece.sha256());
        }
        Incoming.Result result = incoming.add(piece.offset(), piece.bytes());
        return switch (result) {
            case WRITTEN -> List.of(incoming.acknowledged());
            case GAP, DAMAGED -> repeat();
            case KNOWN_GAP -> List.of();
            case COMPLETE -> complete(incoming);
        };
    }

    private List<FromBlobReceiver> complete(Incoming incoming) {
        BlobAcknowledged acknowledged = incoming.acknowledged();
        lacking.remove(acknowledged.sha256());
        List<FromBlobReceiver> answer = new ArrayList<>(List.of(acknowledged));
        if (isComplete()) {
            answer.add(new BlobsComplete());
        }
        return answer;
    }

    /** A piece that comes again after the blob is complete; what is not in the manifest is not answered. */
    private List<FromBlobReceiver> known(String digest) {
        return manifest.entries().stream()
                .filter(blob -> blob.sha256().equals(digest))
                .map(blob -> (FromBlobReceiver) new BlobAcknowledged(digest, blob.size()))
                .limit(1)
                .toList();
    }

    private List<FromBlobReceiver> fail(String reason) {
        failure = reason;
        close();
        return List.of(new BlobsRefused(reason));
    }

    /** Whether all of the manifest is in the store. */
    public boolean isComplete() {
        return isStarted && failure == null && lacking.isEmpty();
    }

    /** Why nothing more is taken; empty while there is hope. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Keeps what has come of blobs that are not complete, for another attempt. */
    @Override
    public void close() {
        lacking.values().forEach(Incoming::close);
        lacking.clear();
    }
}
