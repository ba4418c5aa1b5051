package dev.pipelinebox.internal.submit;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.submit.ask.AskStream;
import dev.pipelinebox.internal.submit.ask.PendingAsk;
import dev.pipelinebox.internal.submit.input.AdaptiveWindow;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.input.InputPump;
import dev.pipelinebox.internal.submit.run.Run;
import dev.pipelinebox.internal.submit.run.RunProcessor;
import dev.pipelinebox.internal.submit.run.RunResults;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Processor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.FlowAdapters;

/**
 * The submitters to have tasks run: as a run, as asks, as a part of a stream.
 *
 * @param submitter submits the tasks
 * @param submitters gives the submitter of each argument of an input or a stream
 * @param codec encodes arguments and decodes results
 * @param windows makes the window of a run
 * @param progress hears of each result of a run
 * @param callbacks completes stages
 */
public record Submissions<A extends @Nullable Object, R extends @Nullable Object>(
        Submitter submitter,
        Function<@Nullable Object, Submitter> submitters,
        OutcomeDecoder codec,
        Supplier<AdaptiveWindow> windows,
        List<ProgressListener> progress,
        CallbackExecutor callbacks) {

    /** All arguments have the same submitter. */
    public Submissions(
            Submitter submitter,
            OutcomeDecoder codec,
            Supplier<AdaptiveWindow> windows,
            List<ProgressListener> progress,
            CallbackExecutor callbacks) {
        this(submitter, element -> submitter, codec, windows, progress, callbacks);
    }

    public Submissions<A, R> over(Submitter other) {
        return new Submissions<>(other, codec, windows, progress, callbacks);
    }

    /** The arguments are of the caller's type, although a run does not know it. */
    @SuppressWarnings("unchecked")
    public Submissions<A, R> each(Function<? super A, Submitter> found) {
        return new Submissions<>(submitter, element -> found.apply((A) element), codec, windows, progress, callbacks);
    }

    Run<R> newRun() {
        return new Run<>(submitter, codec, windows.get(), progress);
    }

    /** Closes the input if its tasks cannot be submitted. */
    void check(Input<A> input) {
        try {
            submitter.check();
        } catch (RuntimeException refused) {
            input.onEnd().run();
            throw refused;
        }
    }

    /**
     * Runs the tasks of an input.
     *
     * @throws NoWorkerException if there is no worker
     * @throws MasterClosedException if a master is closed
     */
    public Results<R> run(Input<A> input) {
        check(input);
        return start(newRun(), input);
    }

    Results<R> start(Run<R> run, Input<A> input) {
        run.input().expect(input.size(), submitters);
        submitter.register(run);
        return new RunResults<>(run, InputPump.start(run.input(), input));
    }

    public CompletionStage<R> ask(@Nullable Object argument, AskAdmission admission) {
        PendingAsk<R> ask = new PendingAsk<>(submitter, codec, admission, callbacks);
        ask.submit(argument);
        return ask;
    }

    public Stream<CompletionStage<R>> askAll(Input<A> input) {
        check(input);
        Function<@Nullable Object, PendingAsk<R>> asks =
                element -> new PendingAsk<>(submitters.apply(element), codec, AskAdmission.none(), callbacks);
        return new AskStream<>(submitter, asks, windows.get(), input).stream();
    }

    public Processor<A, TaskResult<R>> processor() {
        return new RunProcessor<>(newRun(), submitter, submitters, callbacks);
    }

    public Flow<A, TaskResult<R>, NotUsed> flow() {
        return Flow.fromProcessor(() -> FlowAdapters.toProcessor(processor()));
    }
}
