package dev.pipelinebox.internal.submit.ask;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.AskAdmission;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.client.Submitter;
import dev.pipelinebox.internal.task.Outcome;
import java.util.Collections;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One task whose result goes to an actor: exactly one reply, whatever becomes of it. */
public final class ActorAsk<R extends @Nullable Object> implements OutcomeListener {

    private static final int NOTHING = -1;

    private final Supplier<Submitter> way;
    private final OutcomeDecoder reader;
    private final Executor reading;
    private final ActorRef<? super TaskResult<R>> replyTo;
    private final AskAdmission limit;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** How many bytes of the argument count towards the limit; none if it has not come in. */
    private volatile int counted = NOTHING;

    /** The task's number, 0 as long as there is none. */
    private volatile long taskId;

    private volatile Runnable forget = () -> {};

    /** The way in is found when the task is submitted, since options may be broken; results are read by the executor. */
    public ActorAsk(
            Supplier<Submitter> way,
            OutcomeDecoder reader,
            AskAdmission limit,
            Executor reading,
            ActorRef<? super TaskResult<R>> replyTo) {
        this.way = way;
        this.reader = reader;
        this.limit = limit;
        this.reading = reading;
        this.replyTo = replyTo;
    }

    public void submit(@Nullable Object argument) {
        try {
            submit(way.get(), argument);
        } catch (PipelineBoxException refused) {
            forget.run();
            refuse(refused);
        } catch (Throwable broken) {
            forget.run();
            refuse(new PayloadException("The task cannot be added: " + broken, broken));
        }
    }

    private void submit(Submitter intake, @Nullable Object argument) {
        intake.check();
        forget = () -> intake.forget(this);
        intake.register(this);
        byte[] payload;
        try {
            payload = reader.writeArgument(argument);
        } catch (PayloadException unwritable) {
            taskId = intake.refuse(unwritable, this);
            return;
        }
        int size = payload == null ? 0 : payload.length;
        limit.enterAtOnce(size);
        counted = size;
        taskId = intake.submit(Collections.singletonList(payload), this);
    }

    @Override
    public void onOutcome(long task, Outcome outcome) {
        forget.run();
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
