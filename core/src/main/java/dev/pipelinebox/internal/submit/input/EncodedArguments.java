package dev.pipelinebox.internal.submit.input;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.task.Payloads;
import org.jspecify.annotations.Nullable;

/** Successive arguments as bytes, or one that cannot be encoded. */
public sealed interface EncodedArguments {

    /** Submits their tasks. */
    Submitter submitter();

    int count();

    record Encoded(Submitter submitter, Payloads payloads) implements EncodedArguments {
        @Override
        public int count() {
            return payloads.count();
        }
    }

    /** The problem becomes the failure of the argument's task. */
    record Failed(Submitter submitter, @Nullable Object argument, PayloadException problem)
            implements EncodedArguments {
        @Override
        public int count() {
            return 1;
        }
    }
}
