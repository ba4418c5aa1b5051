package dev.pipelinebox;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
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
record Tasks<A extends @Nullable Object, R extends @Nullable Object>(
        Intake intake,
        Function<@Nullable Object, Intake> ways,
        OutcomeReader reader,
        Supplier<Window> windows,
        List<ProgressListener> progress,
        Completion completion) {

    /** All elements go the same way. */
    Tasks(
            Intake intake,
            OutcomeReader reader,
            Supplier<Window> windows,
            List<ProgressListener> progress,
            Completion completion) {
        this(intake, element -> intake, reader, windows, progress, completion);
    }

    Tasks<A, R> over(Intake other) {
        return new Tasks<>(other, reader, windows, progress, completion);
    }

    /** Elements are always what the caller's types say. */
    @SuppressWarnings("unchecked")
    Tasks<A, R> each(Function<? super A, Intake> way) {
        return new Tasks<>(intake, element -> way.apply((A) element), reader, windows, progress, completion);
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

    Results<R> start(Run<R> run, Input<A> input) {
        run.expect(input.size(), ways);
        intake.register(run);
        return new RunResults<>(run, Feeder.feed(run, input));
    }

    CompletionStage<R> ask(@Nullable Object argument, AskLimit limit) {
        Ask<R> ask = new Ask<>(intake, reader, limit, completion);
        ask.submit(argument);
        return ask;
    }

    Stream<CompletionStage<R>> askAll(Input<A> input) {
        check(input);
        Function<@Nullable Object, Ask<R>> asks =
                element -> new Ask<>(ways.apply(element), reader, AskLimit.none(), completion);
        return new AskAll<>(intake, asks, windows.get(), input).stream();
    }

    Processor<A, TaskResult<R>> processor() {
        return new RunProcessor<>(newRun(), intake, ways, completion);
    }

    Flow<A, TaskResult<R>, NotUsed> flow() {
        return Flow.fromProcessor(() -> FlowAdapters.toProcessor(processor()));
    }
}
