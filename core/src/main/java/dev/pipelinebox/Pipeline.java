package dev.pipelinebox;

import akka.NotUsed;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.runtime.PipelineRuntime;
import dev.pipelinebox.internal.submit.Submissions;
import dev.pipelinebox.internal.submit.input.Input;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several masters in a row: what the workers of one return is the argument of the next.
 *
 * <pre>{@code
 * Pipeline<Path, Report> pipeline = Pipeline.from(readers).to(parsers).to(reporters);
 * for (TaskResult<Report> result : pipeline.runAll(files)) {
 *     …
 * }
 * }</pre>
 *
 * <p>Each stage has its own worker class and number of workers, and all run at the same time: a result goes to the next
 * stage as soon as it arrives. The window counts the elements in flight in all stages together, so a slow stage, or a
 * caller that stops reading, slows down the stages before it. Where the next stage takes the same type that the one before
 * returns, the bytes are forwarded as they are.
 *
 * <p>An element has one result: the value of the last stage, or the failure of the stage where it ended, a {@link
 * StageFailedException} that names the stage and the element's argument. If the master of a stage is closed, all elements
 * in flight fail so, in any stage, with its {@link MasterClosedException} as the cause. Task ids count the elements of
 * this pipeline from 1; each master has its own task ids.
 *
 * <p>Immutable and thread-safe. It starts and closes nothing: the masters belong to the code that started them, may take
 * other tasks at the same time, and have to stay open while the pipeline runs.
 *
 * @param <A> the type of the first stage's arguments
 * @param <R> the type of the last stage's results
 */
public final class Pipeline<A extends @Nullable Object, R extends @Nullable Object> {

    private final PipelineRuntime<A, R> runtime;
    private final Submissions<A, R> submissions;

    private Pipeline(PipelineRuntime<A, R> runtime) {
        this.runtime = runtime;
        this.submissions = runtime.submissions();
    }

    /**
     * A pipeline of one stage. Its window, its completion executor and its limit of pending asks are those of this
     * master.
     *
     * @param first runs the first stage
     * @param <A> the type of its arguments
     * @param <R> the type of its results
     * @return the pipeline
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> Pipeline<A, R> from(Master<A, R> first) {
        return new Pipeline<>(PipelineRuntime.from(first.runtime()));
    }

    /**
     * This pipeline and one stage more.
     *
     * @param next runs the stage, with the results of the one before as arguments
     * @param <S> the type of its results
     * @return a longer pipeline; this one stays as it is
     */
    public <S extends @Nullable Object> Pipeline<A, S> to(Master<? super R, S> next) {
        return new Pipeline<>(runtime.to(next.runtime()));
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
        return submissions.run(Input.of(Arrays.asList(arguments)));
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
        return submissions.run(Input.of(arguments));
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
        return submissions.run(Input.of(arguments));
    }

    /**
     * Sends one element through all stages. Until it has a result, it counts among the pending asks of the first master,
     * whose {@code pipelinebox.ask} says how many there may be and what happens to one more.
     *
     * @param argument the element
     * @return a stage as that of {@link Master#ask(Object)}, with the value of the last stage
     */
    public CompletionStage<R> ask(A argument) {
        return runtime.ask(argument);
    }

    /**
     * Sends elements through all stages and gives a stage for each while it may still be in flight, as {@link
     * Master#askAll} does.
     *
     * @param arguments one for each element; closed at its end
     * @return for each element in the order of the input a stage as that of {@link #ask}
     * @throws NoWorkerException if a stage has no worker
     * @throws MasterClosedException if a stage's master is closed
     */
    public Stream<CompletionStage<R>> askAll(Stream<? extends A> arguments) {
        return submissions.askAll(Input.of(arguments));
    }

    /**
     * This pipeline as a part of an Akka stream, as {@link Master#flow} is.
     *
     * @return a flow that may be materialized any number of times
     */
    public akka.stream.javadsl.Flow<A, TaskResult<R>, NotUsed> flow() {
        return submissions.flow();
    }

    /**
     * This pipeline as a part of a Reactive Stream, as {@link Master#processor} is.
     *
     * @return a processor for one run
     */
    public Flow.Processor<A, TaskResult<R>> processor() {
        return submissions.processor();
    }
}
