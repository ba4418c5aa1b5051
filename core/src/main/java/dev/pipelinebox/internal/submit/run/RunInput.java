package dev.pipelinebox.internal.submit.run;

import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.input.ArgumentEncoder;
import dev.pipelinebox.internal.submit.input.EncodedArguments;
import dev.pipelinebox.internal.submit.input.InputSink;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the arguments of a run come in. Thread-safe. */
public final class RunInput implements InputSink {

    /** Arguments are encoded together up to so many bytes, since the window counts them only when they are taken in. */
    private static final int BYTES_TOGETHER = 4 << 10;

    private final RunState state;
    private final OutcomeDecoder codec;
    private volatile Function<@Nullable Object, Submitter> submitters;

    RunInput(RunState state, Submitter submitter, OutcomeDecoder codec) {
        this.state = state;
        this.codec = codec;
        this.submitters = argument -> submitter;
    }

    /** Submits a single task at once; returns its id. */
    public long add(byte @Nullable [] payload, Submitter submitter) {
        state.lock();
        try {
            return state.submitNow(payload, submitter);
        } finally {
            state.unlock();
        }
    }

    /** Takes in tasks that the action submits; it returns their ids. */
    public void addSubmitted(Supplier<List<Long>> submission) {
        state.lock();
        try {
            state.addSubmitted(submission);
        } finally {
            state.unlock();
        }
    }

    /** Announces an input, with its size unless that is negative, and how each argument is submitted. */
    public void expect(long size, Function<@Nullable Object, Submitter> found) {
        state.lock();
        try {
            state.expect(size);
            submitters = found;
        } finally {
            state.unlock();
        }
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        state.lock();
        try {
            state.awaitRoom();
            return state.isWanted();
        } finally {
            state.unlock();
        }
    }

    @Override
    public long room() {
        state.lock();
        try {
            return state.room();
        } finally {
            state.unlock();
        }
    }

    @Override
    public long take(Iterator<? extends @Nullable Object> arguments, int most) {
        ArgumentEncoder encoder = new ArgumentEncoder(codec);
        try {
            do {
                encode(arguments.next(), encoder);
            } while (encoder.count() < most && encoder.bytes() < BYTES_TOGETHER && arguments.hasNext());
        } finally {
            take(encoder.finish());
        }
        return room();
    }

    void take(@Nullable Object argument) {
        ArgumentEncoder encoder = new ArgumentEncoder(codec);
        encode(argument, encoder);
        take(encoder.finish());
    }

    @Override
    public void onInputEnded() {
        state.change(state::onInputEnded);
    }

    /** The run ends with this, after the results that have arrived. */
    @Override
    public void onInputFailed(Throwable thrown) {
        state.change(() -> state.onInputFailed(thrown));
        state.cancel();
    }

    private void encode(@Nullable Object argument, ArgumentEncoder encoder) {
        encoder.add(argument, submitters.apply(argument));
    }

    private void take(List<EncodedArguments> arguments) {
        state.lock();
        try {
            state.take(arguments);
        } finally {
            state.unlock();
        }
    }
}
