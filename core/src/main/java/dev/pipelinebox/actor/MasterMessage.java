package dev.pipelinebox.actor;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.TaskResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What actors of the same JVM tell a master, by {@link dev.pipelinebox.Master#ref()}. Nothing of it can be sent to
 * another process.
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
     * Runs a task. Tasks of one sender are added in the order in which it sends them; nothing holds a sender back. Each
     * has one reply; one that could not be added is a failure with the number 0: since the master is closed, there is no
     * worker, or as many questions are open as {@code pipelinebox.ask.max-pending} and {@code max-pending-size} allow
     * (a {@link dev.pipelinebox.api.QueueFullException}, unless {@code pipelinebox.ask.when-full} is {@code unbounded}).
     *
     * @param argument the task's argument; not to be changed any more
     * @param options how the task is treated where it differs from the configuration
     * @param replyTo who gets the result
     * @param <A> the type of the argument
     * @param <R> the type of the result
     */
    record RunTask<A extends @Nullable Object, R extends @Nullable Object>(
            A argument, TaskOptions options, ActorRef<? super TaskResult<R>> replyTo) implements MasterMessage<A, R> {

        /**
         * Runs a task.
         *
         * @param argument the task's argument
         * @param options how the task is treated where it differs from the configuration
         * @param replyTo who gets the result
         * @throws NullPointerException if the options or the receiver of the result are {@code null}
         */
        public RunTask {
            Objects.requireNonNull(options, "options");
            Objects.requireNonNull(replyTo, "replyTo");
        }

        /**
         * Runs a task as the configuration has it.
         *
         * @param argument the task's argument; not to be changed any more
         * @param replyTo who gets the result
         */
        public RunTask(A argument, ActorRef<? super TaskResult<R>> replyTo) {
            this(argument, TaskOptions.defaults(), replyTo);
        }
    }

    /**
     * Has an actor told of all that happens from now on, in the order in which it happens, and of a task's result before
     * that is handed out. An actor that stops is forgotten; one that subscribes twice is told once.
     *
     * @param subscriber who is told
     * @param <A> the type of the tasks' arguments
     * @param <R> the type of the tasks' results
     */
    record Subscribe<A extends @Nullable Object, R extends @Nullable Object>(ActorRef<? super PoolEvent> subscriber)
            implements MasterMessage<A, R> {

        /**
         * Subscribes an actor.
         *
         * @param subscriber who is told
         * @throws NullPointerException if the subscriber is {@code null}
         */
        public Subscribe {
            Objects.requireNonNull(subscriber, "subscriber");
        }
    }

    /**
     * Has an actor told no more. What has been told already may still arrive.
     *
     * @param subscriber who was subscribed
     * @param <A> the type of the tasks' arguments
     * @param <R> the type of the tasks' results
     */
    record Unsubscribe<A extends @Nullable Object, R extends @Nullable Object>(ActorRef<? super PoolEvent> subscriber)
            implements MasterMessage<A, R> {

        /**
         * Unsubscribes an actor.
         *
         * @param subscriber who was subscribed
         * @throws NullPointerException if the subscriber is {@code null}
         */
        public Unsubscribe {
            Objects.requireNonNull(subscriber, "subscriber");
        }
    }
}
