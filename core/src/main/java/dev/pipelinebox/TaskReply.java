package dev.pipelinebox;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.master.Outcome;
import java.util.Collections;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One task whose result goes to an actor: exactly one reply, whatever becomes of it. */
final class TaskReply<R extends @Nullable Object> implements Caller {

    private static final int NOTHING = -1;

    private final Intake intake;
    private final OutcomeReader reader;
    private final Executor reading;
    private final ActorRef<? super TaskResult<R>> replyTo;
    private final AskLimit limit;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** How many bytes of the argument count towards the limit; none if it has not come in. */
    private volatile int counted = NOTHING;

    /** The task's number, 0 as long as there is none. */
    private volatile long taskId;

    /** Results are read by the executor. */
    TaskReply(
            Intake intake,
            OutcomeReader reader,
            AskLimit limit,
            Executor reading,
            ActorRef<? super TaskResult<R>> replyTo) {
        this.intake = intake;
        this.reader = reader;
        this.limit = limit;
        this.reading = reading;
        this.replyTo = replyTo;
    }

    void submit(@Nullable Object argument) {
        try {
            intake.check();
        } catch (PipelineBoxException refused) {
            refuse(refused);
            return;
        }
        byte[] payload;
        try {
            payload = reader.writeArgument(argument);
        } catch (PayloadException unwritable) {
            intake.register(this);
            taskId = intake.refuse(unwritable, this);
            return;
        }
        int size = payload == null ? 0 : payload.length;
        try {
            limit.enterAtOnce(size);
        } catch (QueueFullException refused) {
            refuse(refused);
            return;
        }
        counted = size;
        intake.register(this);
        taskId = intake.submit(Collections.singletonList(payload), this);
    }

    @Override
    public void onOutcome(long task, Outcome outcome) {
        intake.forget(this);
        if (answered.compareAndSet(false, true)) {
            leave();
            reading.execute(() -> replyTo.tell(read(task, outcome)));
        }
    }

    @Override
    public void onMasterGone(PipelineBoxException reason) {
        refuse(reason);
    }

    private void refuse(PipelineBoxException reason) {
        if (answered.compareAndSet(false, true)) {
            leave();
            replyTo.tell(new TaskResult.Failure<>(taskId, reason));
        }
    }

    private void leave() {
        if (counted != NOTHING) {
            limit.leave(counted);
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
