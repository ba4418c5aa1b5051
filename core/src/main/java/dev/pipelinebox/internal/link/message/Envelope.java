package dev.pipelinebox.internal.link.message;

import dev.pipelinebox.internal.task.Payloads;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What carries the bytes of consecutive tasks: of small ones together, of one whole, or the last of its several pieces. */
public sealed interface Envelope permits TaskEnvelope, OutcomeEnvelope {

    long firstId();

    /** The encoded values, in the order of the tasks. */
    Payloads payloads();

    /** The same envelope around other bytes of its only task. */
    Envelope withPayload(byte[] bytes);

    default int count() {
        return payloads().count();
    }

    /** The encoded value of the only task; {@code null} for a null value. */
    default byte @Nullable [] payload() {
        if (count() != 1) {
            throw new IllegalStateException("there are " + count() + " payloads");
        }
        return payloads().get(0);
    }

    /** Of the tasks, in their order. */
    default Stream<Long> ids() {
        return LongStream.range(firstId(), firstId() + count()).boxed();
    }

    /** How much the payloads count towards windows and demands. */
    default int size() {
        return payloads().size();
    }

    /** No less than what it takes in a message. */
    default int writtenBytes() {
        return 3 * VarInt.LONGEST + count() * Integer.BYTES + size();
    }
}
