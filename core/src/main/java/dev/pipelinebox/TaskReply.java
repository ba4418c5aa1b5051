package dev.pipelinebox;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import dev.pipelinebox.master.TaskPolicy;
import java.util.Collections;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One task whose result goes to an actor: exactly one reply, whatever becomes of it. */
final class TaskReply<R extends @Nullable Object> implements Caller {

    private final Pool pool;
    private final OutcomeReader reader;
    private final Executor reading;
    private final ActorRef<? super TaskResult<R>> replyTo;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** The task's number, 0 as long as there is none. */
    private volatile long taskId;

    /** Results are read by the executor. */
    TaskReply(Pool pool, OutcomeReader reader, Executor reading, ActorRef<? super TaskResult<R>> replyTo) {
        this.pool = pool;
        this.reader = reader;
        this.reading = reading;
        this.replyTo = replyTo;
    }

    void submit(@Nullable Object argument, TaskPolicy policy) {
        try {
            pool.checkOpen();
            pool.checkWorkers();
        } catch (PipelineBoxException refused) {
            onMasterGone(refused);
            return;
        }
        pool.register(this);
        byte[] payload;
        try {
            payload = reader.codec().writeArgument(argument);
        } catch (PayloadException unwritable) {
            taskId = pool.refuse(unwritable, this);
            return;
        }
        taskId = pool.submit(Collections.singletonList(payload), policy, this);
    }

    @Override
    public void onOutcome(long task, Outcome outcome) {
        pool.forget(this);
        if (answered.compareAndSet(false, true)) {
            reading.execute(() -> replyTo.tell(read(task, outcome)));
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        if (answered.compareAndSet(false, true)) {
            replyTo.tell(new TaskResult.Failure<>(taskId, reason));
        }
    }

    private TaskResult<R> read(long task, Outcome outcome) {
        try {
            return reader.read(task, outcome);
        } catch (Throwable unreadable) {
            return new TaskResult.Failure<>(
                    task, new PayloadException("The result cannot be read back: " + unreadable, unreadable));
        }
    }
}
