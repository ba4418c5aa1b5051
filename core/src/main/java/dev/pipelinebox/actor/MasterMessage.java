package dev.pipelinebox.actor;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The messages that actors of the same JVM send to a master, by {@link dev.pipelinebox.Master#ref()}. They cannot be
 * sent to another process.
 *
 * <pre>{@code
 * CompletionStage<TaskResult<Integer>> result = AskPattern.ask(
 *         master.ref(), replyTo -> new RunTask<>("an argument", replyTo), Duration.ofMinutes(1), system.scheduler());
 * }</pre>
 *
 * @param <A> the type of the tasks' arguments
 * @param <R> the type of the tasks' results
 */
public sealed interface MasterMessage<A extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Runs a task. Tasks of one sender are added in the order in which it sends them. The master does not slow a sender
     * down. Each task has one reply. If a task cannot be added, the reply is a failure with the task id 0: the master
     * is closed, there is no worker, or the limit of pending asks is reached, {@code pipelinebox.ask.max-pending} or
     * {@code max-pending-size} (a {@link dev.pipelinebox.api.QueueFullException}, unless {@code
     * pipelinebox.ask.when-full} is {@code unbounded}).
     *
     * @param argument the task's argument, which must not change any more
     * @param options the options of the task that differ from the configuration
     * @param replyTo the receiver of the result
     * @param <A> the type of the argument
     * @param <R> the type of the result
     */
    record RunTask<A extends @Nullable Object, R extends @Nullable Object>(
            A argument, TaskOptions options, ActorRef<? super TaskResult<R>> replyTo) implements MasterMessage<A, R> {

        /**
         * Runs a task.
         *
         * @param argument the task's argument
         * @param options the options of the task that differ from the configuration
         * @param replyTo the receiver of the result
         * @throws NullPointerException if the options or the receiver of the result are {@code null}
         */
        public RunTask {
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(replyTo, "replyTo");
        }

        /**
         * Runs a task with the configured options.
         *
         * @param argument the task's argument, which must not change any more
         * @param replyTo the receiver of the result
         */
        public RunTask(A argument, ActorRef<? super TaskResult<R>> replyTo) {
            this(argument, TaskOptions.defaults(), replyTo);
        }
    }

    /**
     * Subscribes an actor to all events from now on, in their order. It receives the events of a result before the
     * result is delivered. The subscription ends when the actor stops. An actor that subscribes twice receives each
     * event once.
     *
     * @param subscriber the actor
     * @param <A> the type of the tasks' arguments
     * @param <R> the type of the tasks' results
     */
    record Subscribe<A extends @Nullable Object, R extends @Nullable Object>(ActorRef<? super PoolEvent> subscriber)
            implements MasterMessage<A, R> {

        /**
         * Subscribes an actor.
         *
         * @param subscriber the actor
         * @throws NullPointerException if the subscriber is {@code null}
         */
        public Subscribe {
            Objects.requireNonNull(subscriber, "subscriber");
        }
    }

    /**
     * Ends the subscription of an actor. Events that were sent before may still arrive.
     *
     * @param subscriber the actor
     * @param <A> the type of the tasks' arguments
     * @param <R> the type of the tasks' results
     */
    record Unsubscribe<A extends @Nullable Object, R extends @Nullable Object>(ActorRef<? super PoolEvent> subscriber)
            implements MasterMessage<A, R> {

        /**
         * Unsubscribes an actor.
         *
         * @param subscriber the actor
         * @throws NullPointerException if the subscriber is {@code null}
         */
        public Unsubscribe {
            Objects.requireNonNull(subscriber, "subscriber");
        }
    }
}
