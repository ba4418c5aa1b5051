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
 * The ways to have tasks run, over one intake: as a run, as questions, as a part of a stream.
 *
 * @param intake where the tasks go
 * @param ways where each element of an input or a stream goes, which may be treated otherwise than the others
 * @param reader writes arguments and reads results
 * @param windows makes the window of a run
 * @param progress told of each result of a run
 * @param completion where answers are handed over
 */
public record Submissions<A extends @Nullable Object, R extends @Nullable Object>(
        Submitter intake,
        Function<@Nullable Object, Submitter> ways,
        OutcomeDecoder reader,
        Supplier<AdaptiveWindow> windows,
        List<ProgressListener> progress,
        CallbackExecutor completion) {

    /** All elements go the same way. */
    public Submissions(
            Submitter intake,
            OutcomeDecoder reader,
            Supplier<AdaptiveWindow> windows,
            List<ProgressListener> progress,
            CallbackExecutor completion) {
        this(intake, element -> intake, reader, windows, progress, completion);
    }

    public Submissions<A, R> over(Submitter other) {
        return new Submissions<>(other, reader, windows, progress, completion);
    }

    /** Elements are always what the caller's types say. */
    @SuppressWarnings("unchecked")
    public Submissions<A, R> each(Function<? super A, Submitter> way) {
        return new Submissions<>(intake, element -> way.apply((A) element), reader, windows, progress, completion);
    }

    Run<R> newRun() {
        return new Run<>(intake, reader, windows.get(), progress);
    }

    /** Refuses an input that nobody could do, so that it is closed nevertheless. */
    void check(Input<A> input) {
        try {
            intake.check();
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
        run.input().expect(input.size(), ways);
        intake.register(run);
        return new RunResults<>(run, InputPump.feed(run.input(), input));
    }

    public CompletionStage<R> ask(@Nullable Object argument, AskAdmission limit) {
        PendingAsk<R> ask = new PendingAsk<>(intake, reader, limit, completion);
        ask.submit(argument);
        return ask;
    }

    public Stream<CompletionStage<R>> askAll(Input<A> input) {
        check(input);
        Function<@Nullable Object, PendingAsk<R>> asks =
                element -> new PendingAsk<>(ways.apply(element), reader, AskAdmission.none(), completion);
        return new AskStream<>(intake, asks, windows.get(), input).stream();
    }

    public Processor<A, TaskResult<R>> processor() {
        return new RunProcessor<>(newRun(), intake, ways, completion);
    }

    public Flow<A, TaskResult<R>, NotUsed> flow() {
        return Flow.fromProcessor(() -> FlowAdapters.toProcessor(processor()));
    }
}
