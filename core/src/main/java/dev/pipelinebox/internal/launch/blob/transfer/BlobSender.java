package dev.pipelinebox.internal.launch.blob.transfer;

import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the blobs of a manifest to one machine: those that it lacks, one after the other, in pieces, of which only so many are
 * sent that are not acknowledged yet. Not thread-safe; reads files when it is told something.
 */
public final class BlobSender {

    /** The greatest piece. */
    public static final int PIECE_BYTES = 128 << 10;

    /** How much may be sent and not acknowledged. */
    public static final long WINDOW_BYTES = 4L << 20;

    private final BlobSource source;
    private final Map<String, Outgoing> blobs = new LinkedHashMap<>();
    private long sentBytes;
    private boolean isComplete;
    private @Nullable String failure;

    /** How far a blob is. */
    private static final class Outgoing {

        private final CodeBlob blob;
        private long sent;
        private long acknowledged;

        private Outgoing(CodeBlob blob) {
            this.blob = blob;
            goOnAt(blob.size());
        }

        private void goOnAt(long offset) {
            sent = offset;
            acknowledged = offset;
        }
    }

    /**
     * A sender, which waits to be told what is lacking.
     *
     * @param manifest the blobs
     * @param source where they are read
     */
    public BlobSender(CodeManifest manifest, BlobSource source) {
        this.source = source;
        manifest.entries().forEach(blob -> blobs.putIfAbsent(blob.sha256(), new Outgoing(blob)));
    }

    /**
     * Takes what the other side says.
     *
     * @return what to answer, in this order
     */
    public List<FromBlobSender> on(FromBlobReceiver message) {
        if (isComplete || failure != null) {
            return List.of();
        }
        if (message instanceof BlobsLacking lacking) {
            return onLacking(lacking);
        }
        if (message instanceof BlobAcknowledged written) {
            return onAcknowledged(written);
        }
        if (message instanceof BlobsRefused refused) {
            failure = refused.reason();
        } else {
            isComplete = true;
        }
        return List.of();
    }

    private List<FromBlobSender> onLacking(BlobsLacking lacking) {
        Map<String, Long> offsets = new HashMap<>();
        for (BlobsLacking.Blob blob : lacking.blobs()) {
            Outgoing known = blobs.get(blob.sha256());
            if (known == null || blob.offset() < 0 || blob.offset() > known.blob.size()) {
                return fail("the other side asks for bytes from " + blob.offset() + " on of " + blob.sha256()
                        + ", which are not in the manifest");
            }
            offsets.put(blob.sha256(), blob.offset());
        }
        blobs.forEach((digest, outgoing) -> outgoing.goOnAt(offsets.getOrDefault(digest, outgoing.blob.size())));
        return pieces();
    }

    /** One that is late may tell of bytes that are sent again now. */
    private List<FromBlobSender> onAcknowledged(BlobAcknowledged written) {
        Outgoing outgoing = blobs.get(written.sha256());
        if (outgoing != null) {
            outgoing.acknowledged = Math.max(outgoing.acknowledged, Math.min(written.position(), outgoing.sent));
        }
        return pieces();
    }

    private List<FromBlobSender> pieces() {
        List<FromBlobSender> pieces = new ArrayList<>();
        long room = WINDOW_BYTES
                - blobs.values().stream()
                        .mapToLong(outgoing -> outgoing.sent - outgoing.acknowledged)
                        .sum();
        try {
            for (Outgoing outgoing : blobs.values()) {
                while (outgoing.sent < outgoing.blob.size() && room >= PIECE_BYTES) {
                    BlobPiece piece = piece(outgoing);
                    pieces.add(piece);
                    room -= piece.bytes().length;
                }
            }
            return pieces;
        } catch (IOException unreadable) {
            return fail(String.valueOf(unreadable.getMessage()));
        }
    }

    private BlobPiece piece(Outgoing outgoing) throws IOException {
        CodeBlob blob = outgoing.blob;
        int length = (int) Math.min(PIECE_BYTES, blob.size() - outgoing.sent);
        byte[] bytes = source.read(blob.sha256(), outgoing.sent, length);
        if (bytes.length != length) {
            throw new IOException(blob.fileName() + " has fewer bytes than when the program started; start it again");
        }
        BlobPiece piece = new BlobPiece(blob.sha256(), outgoing.sent, bytes);
        outgoing.sent += length;
        sentBytes += length;
        return piece;
    }

    private List<FromBlobSender> fail(String reason) {
        failure = reason;
        return List.of(new BlobsUnreadable(reason));
    }

    /** Whether the other side has everything. */
    public boolean isComplete() {
        return isComplete;
    }

    /** Why nothing more is sent; empty while there is hope. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** The bytes of all pieces so far, with those that were sent twice. */
    public long sentBytes() {
        return sentBytes;
    }
}
