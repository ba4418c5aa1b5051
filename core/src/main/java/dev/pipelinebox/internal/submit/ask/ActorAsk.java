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
import dev.pipelinebox.internal.task.Payloads;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One task whose result goes to an actor. There is exactly one reply, whatever ends the task. */
public final class ActorAsk<R extends @Nullable Object> implements OutcomeListener {

    private static final int NOT_ADMITTED = -1;

    private final Supplier<Submitter> submitters;
    private final OutcomeDecoder decoder;
    private final Executor decoding;
    private final ActorRef<? super TaskResult<R>> replyTo;
    private final AskAdmission admission;
    private final AtomicBoolean hasReplied = new AtomicBoolean();

    /** The size of the argument, as far as it was admitted. */
    private volatile int admitted = NOT_ADMITTED;

    /** 0 before the task is submitted. */
    private volatile long taskId;

    private volatile Runnable unregister = () -> {};

    /** The submitter is made when the task is submitted, since that may fail; the executor decodes the result. */
    public ActorAsk(
            Supplier<Submitter> submitters,
            OutcomeDecoder decoder,
            AskAdmission admission,
            Executor decoding,
            ActorRef<? super TaskResult<R>> replyTo) {
        this.submitters = submitters;
        this.decoder = decoder;
        this.admission = admission;
        this.decoding = decoding;
        this.replyTo = replyTo;
    }

    public void submit(@Nullable Object argument) {
        try {
            submit(submitters.get(), argument);
        } catch (PipelineBoxException refused) {
            unregister.run();
            refuse(refused);
        } catch (Throwable broken) {
            unregister.run();
            refuse(new PayloadException("The task cannot be added: " + broken, broken));
        }
    }

    private void submit(Submitter submitter, @Nullable Object argument) {
        submitter.check();
        unregister = () -> submitter.unregister(this);
        submitter.register(this);
        byte[] payload;
        try {
            payload = decoder.encode(argument);
        } catch (PayloadException notEncoded) {
            taskId = submitter.refuse(notEncoded, this);
            return;
        }
        int size = payload == null ? 0 : payload.length;
        admission.admitOrFail(size);
        admitted = size;
        taskId = submitter.submit(List.of(Payloads.of(payload)), this);
    }

    @Override
    public void onOutcome(long task, Outcome outcome) {
        unregister.run();
        if (hasReplied.compareAndSet(false, true)) {
            release();
            decoding.execute(() -> replyTo.tell(decode(task, outcome)));
        }
    }

    @Override
    public void onMasterEnded(PipelineBoxException reason) {
        refuse(reason);
    }

    private void refuse(PipelineBoxException reason) {
        if (hasReplied.compareAndSet(false, true)) {
            release();
            replyTo.tell(new TaskResult.Failure<>(taskId, reason));
        }
    }

    private void release() {
        if (admitted != NOT_ADMITTED) {
            admission.release(admitted);
        }
    }

    private TaskResult<R> decode(long task, Outcome outcome) {
        try {
            return decoder.decode(task, outcome);
        } catch (Throwable broken) {
            return new TaskResult.Failure<>(
                    task, new PayloadException("The result cannot be decoded: " + broken, broken));
        }
    }
}
