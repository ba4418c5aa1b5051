package dev.pipelinebox.internal.submit.input;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.task.Payloads;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes successive arguments: small ones that have the same submitter together. Not thread-safe. */
public final class ArgumentEncoder {

    private final OutcomeDecoder codec;
    private final List<EncodedArguments> encoded = new ArrayList<>();
    private final Payloads.Builder open = new Payloads.Builder();
    private @Nullable Submitter submitter;
    private int count;
    private long bytes;

    public ArgumentEncoder(OutcomeDecoder codec) {
        this.codec = codec;
    }

    public void add(@Nullable Object argument, Submitter next) {
        if (next != submitter) {
            close();
            submitter = next;
        }
        count++;
        try {
            add(codec.encode(argument), next);
        } catch (PayloadException notEncoded) {
            close();
            encoded.add(new EncodedArguments.Failed(next, argument, notEncoded));
        }
    }

    private void add(byte @Nullable [] payload, Submitter next) {
        int size = payload == null ? 0 : payload.length;
        bytes += size;
        boolean isAlone = size >= Payloads.ALONE_BYTES;
        if (isAlone || !open.hasRoomFor(1, size)) {
            close();
        }
        if (isAlone) {
            encoded.add(new EncodedArguments.Encoded(next, Payloads.of(payload)));
        } else {
            open.add(payload);
        }
    }

    private void close() {
        if (submitter != null && open.count() > 0) {
            encoded.add(new EncodedArguments.Encoded(submitter, open.take()));
        }
    }

    /** How many arguments were added. */
    public int count() {
        return count;
    }

    /** How many bytes their payloads have. */
    public long bytes() {
        return bytes;
    }

    /** What the arguments have become, in their order. To be called once. */
    public List<EncodedArguments> finish() {
        close();
        return encoded;
    }
}
