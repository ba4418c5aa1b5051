package dev.pipelinebox;

import akka.NotUsed;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.submit.Submissions;
import dev.pipelinebox.internal.submit.input.Input;
import dev.pipelinebox.internal.submit.pipeline.PipelineStage;
import dev.pipelinebox.internal.submit.pipeline.PipelineSubmitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several masters in a row: what one's workers return, the next one's workers take.
 *
 * <pre>{@code
 * Pipeline<Path, Report> pipeline = Pipeline.from(readers).to(parsers).to(reporters);
 * for (TaskResult<Report> result : pipeline.runAll(files)) {
 *     …
 * }
 * }</pre>
 *
 * <p>Each stage has workers of its own class and number, and works at the same time as the others: a result goes on as
 * soon as it is there. The window counts what is under way in all stages together, so a slow stage, or a caller that
 * stops reading, holds up those before it. Where the next stage takes the very type that the one before returns, the
 * bytes are handed on as they are.
 *
 * <p>An element has one result: the value of the last stage, or the failure of the stage where it ended, a {@link
 * StageFailedException} that says which one that is and with which argument the element came in. If the master of a stage
 * is closed, all elements under way fail so, whatever stage they are in, with its {@link MasterClosedException} as
 * the cause. Task ids count the
 * elements of this pipeline from 1; each master numbers its tasks for itself.
 *
 * <p>Immutable and thread-safe. It starts and closes nothing: the masters belong to whoever started them, may take other
 * tasks at the same time, and have to stay open while the pipeline runs.
 *
 * @param <A> the type of the first stage's arguments
 * @param <R> the type of the last stage's results
 */
public final class Pipeline<A extends @Nullable Object, R extends @Nullable Object> {

    private final List<PipelineStage> stages;
    private final Submissions<A, R> tasks;
    private final AskAdmission askLimit;

    private Pipeline(List<PipelineStage> stages, Submissions<?, ?> ends, AskAdmission askLimit) {
        this.stages = stages;
        this.askLimit = askLimit;
        OutcomeDecoder reader = new OutcomeDecoder(
                stages.get(0).codec(), stages.get(stages.size() - 1).codec());
        this.tasks = new Submissions<>(
                new PipelineSubmitter(stages), reader, ends.windows(), ends.progress(), ends.completion());
    }

    /**
     * A pipeline of one stage. Its window, its completion executor and its limit to open questions are those of this
     * master.
     *
     * @param first runs the first stage
     * @param <A> the type of its arguments
     * @param <R> the type of its results
     * @return the pipeline
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Pipeline<A, R> from(Master<A, R> first) {
        return new Pipeline<>(List.of(first.stage(1)), first.tasks(), first.askLimit());
    }

    /**
     * This pipeline and one stage more.
     *
     * @param next runs the stage, with the results of the one before as arguments
     * @param <S> the type of its results
     * @return a longer pipeline; this one stays as it is
     */
    public <S extends @Nullable Object> Pipeline<A, S> to(Master<? super R, S> next) {
        List<PipelineStage> longer = new ArrayList<>(stages);
        longer.add(next.stage(stages.size() + 1));
        return new Pipeline<>(List.copyOf(longer), tasks, askLimit);
    }

    /**
     * Sends elements through all stages.
     *
     * @param arguments one for each element
     * @return their results, as they leave the last stage, or fail
     * @throws NoWorkerException if a stage has no worker
     * @throws MasterClosedException if a stage's master is closed
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Results<R> run(A... arguments) {
        return start(Input.of(Arrays.asList(arguments)));
    }

    /**
     * Sends elements through all stages, as {@link #run} does, read as {@link Master#runAll(Iterable)} reads them.
     *
     * @param arguments one for each element
     * @return their results, as they leave the last stage, or fail; reading them throws what the iterator throws
     * @throws NoWorkerException if a stage has no worker
     * @throws MasterClosedException if a stage's master is closed
     */
    public Results<R> runAll(Iterable<? extends A> arguments) {
        return start(Input.of(arguments));
    }

    /**
     * Sends elements through all stages, as {@link #run} does, read as {@link Master#runAll(Stream)} reads them.
     *
     * @param arguments one for each element
     * @return their results, as they leave the last stage, or fail; reading them throws what the stream throws
     * @throws NoWorkerException if a stage has no worker
     * @throws MasterClosedException if a stage's master is closed
     */
    public Results<R> runAll(Stream<? extends A> arguments) {
        return start(Input.of(arguments));
    }

    /**
     * Sends one element through all stages. Until the last stage has answered, it counts among the open questions of the
     * first master, whose {@code pipelinebox.ask} says how many there may be and what becomes of one too many.
     *
     * @param argument the element
     * @return a stage as that of {@link Master#ask(Object)}, with the value of the last stage
     */
    public CompletionStage<R> ask(A argument) {
        return tasks.ask(argument, askLimit);
    }

    /**
     * Sends elements through all stages and tells of each while it may still be under way, as {@link Master#askAll} does.
     *
     * @param arguments one for each element; closed at its end
     * @return for each element in the order of the input a stage as that of {@link #ask}
     * @throws NoWorkerException if a stage has no worker
     * @throws MasterClosedException if a stage's master is closed
     */
    public Stream<CompletionStage<R>> askAll(Stream<? extends A> arguments) {
        return tasks.askAll(Input.of(arguments));
    }

    /**
     * This pipeline as a part of an Akka stream, as {@link Master#flow} is.
     *
     * @return a flow that may be materialized any number of times
     */
    public akka.stream.javadsl.Flow<A, TaskResult<R>, NotUsed> flow() {
        return tasks.flow();
    }

    /**
     * This pipeline as a part of a Reactive Stream, as {@link Master#processor} is.
     *
     * @return a processor for one run
     */
    public Flow.Processor<A, TaskResult<R>> processor() {
        return tasks.processor();
    }

    private Results<R> start(Input<A> input) {
        tasks.check(input);
        return tasks.start(tasks.newRun(), input);
    }
}
