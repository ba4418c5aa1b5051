package dev.pipelinebox.internal.master;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.link.ReliableDelivery;
import dev.pipelinebox.internal.link.message.MasterFrame;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerFrame;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.ArgumentMessages;
import dev.pipelinebox.internal.link.transfer.OversizedFrame;
import dev.pipelinebox.internal.link.transfer.PayloadTransfer;
import dev.pipelinebox.internal.link.transfer.RingReader;
import dev.pipelinebox.internal.link.transfer.RingWriter;
import dev.pipelinebox.internal.pool.LivenessProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master's end of the link to one worker process, which opens with the first message that shows the token. Not
 * thread-safe.
 */
final class WorkerConnection {

    private static final int CONTROL_BYTES = 256;

    private final OneTimeToken token = OneTimeToken.create();
    private final PayloadTransfer envelopes;
    private final ReliableDelivery<MasterToWorker, MasterFrame> link = new ReliableDelivery<>(MasterFrame::new);
    private final LivenessProbe watch;
    private @Nullable ActorRef<MasterFrame> worker;
    /** As of the last tick. */
    private long now;

    /** A link to the process of this number, which has not come yet and has so long for each answer. */
    WorkerConnection(Bootstrap.Settings settings, long process, Duration answerTimeout) {
        this.envelopes = new PayloadTransfer(
                new RingWriter(settings.argumentRing(process)), new RingReader(settings.resultRing(process)), false);
        this.watch = new LivenessProbe(answerTimeout);
    }

    OneTimeToken token() {
        return token;
    }

    /** Tells whether this frame comes from the worker; the first one has to show the token. */
    boolean accepts(WorkerFrame frame) {
        if (worker == null) {
            if (frame.body() instanceof WorkerToMaster.Connected first && token.matches(first.token())) {
                worker = first.ref();
            }
        }
        return worker != null;
    }

    boolean isOpen() {
        return worker != null;
    }

    /** Takes in a frame and gives out its message, if it is the next one. */
    Optional<WorkerToMaster> receive(WorkerFrame frame) {
        boolean isNext = link.receive(frame.seq(), frame.ack(), System.nanoTime());
        return isNext ? Optional.ofNullable(frame.body()) : Optional.empty();
    }

    void keep(WorkerToMaster.ResultPart part) {
        envelopes.add(part.taskId(), part.total(), part.bytes());
        link.took(part.bytes().length);
    }

    void keep(WorkerToMaster.SharedResults results) {
        link.took(envelopes.add(results.pieces()));
    }

    List<OutcomeEnvelope> complete(List<OutcomeEnvelope> outcomes) {
        return envelopes.hasPieces() ? outcomes.stream().map(this::complete).toList() : outcomes;
    }

    private OutcomeEnvelope complete(OutcomeEnvelope outcome) {
        try {
            return envelopes.complete(outcome);
        } catch (PayloadException lost) {
            FailureReport report = FailureReport.of(FailureReport.Kind.RESULT, lost);
            return OutcomeEnvelope.failure(outcome.taskId(), outcome.attempt(), report);
        }
    }

    void tell(MasterToWorker message) {
        link.offer(message, CONTROL_BYTES);
        send();
    }

    void tellTasks(List<TaskEnvelope> tasks) {
        envelopes.pack(tasks, ArgumentMessages.PLAIN).forEach(sized -> link.offer(sized.message(), sized.bytes()));
        send();
    }

    /** The tasks that were in a frame to this worker that can never be sent; empty if it was not for this worker. */
    List<Long> tasksIn(OversizedFrame discarded) {
        ActorRef<MasterFrame> to = worker;
        boolean isOurs = to != null && to.path().toString().equals(discarded.recipient());
        if (!isOurs || !discarded.isForItsSize() || !(discarded.message() instanceof MasterFrame frame)) {
            return List.of();
        }
        if (frame.body() instanceof MasterToWorker.Tasks tasks) {
            return tasks.batch().stream().map(TaskEnvelope::taskId).toList();
        }
        return frame.body() instanceof MasterToWorker.ArgumentPart part ? List.of(part.taskId()) : List.of();
    }

    /** Has the worker know at once that its last words have arrived. */
    void acknowledgeNow() {
        link.acknowledgeNow();
    }

    /** Sends what the window allows. */
    void send() {
        tellWorker(link.toSend(System.nanoTime()));
    }

    /** Told the time that this process was at work. */
    void onTick(long awake) {
        now = awake;
        tellWorker(link.onTick(System.nanoTime()));
    }

    /** To be asked after every tick from when the worker is ready: tells whether it has not answered for too long. */
    boolean isSilent() {
        LivenessProbe.Verdict verdict = watch.look(link.lastAcknowledged(), link.isIdle(), now);
        if (verdict == LivenessProbe.Verdict.ASK) {
            tell(new MasterToWorker.Ping());
        }
        return verdict == LivenessProbe.Verdict.SILENT;
    }

    /** The process is gone. */
    void close() {
        envelopes.close();
    }

    private void tellWorker(List<MasterFrame> frames) {
        ActorRef<MasterFrame> to = worker;
        if (to != null) {
            frames.forEach(to::tell);
        }
    }
}
