package dev.pipelinebox.internal.link.artery;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.InboundPayloads;
import dev.pipelinebox.internal.link.transfer.OutboundPayloads;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The master's end. It opens with the first frame that shows the token of the worker's process. */
public final class ArteryMasterLink extends ArteryLink<MasterToWorker, WorkerToMaster, MasterFrame, OutcomeEnvelope> {

    /** Receives what has arrived at this end. */
    public interface Listener extends LinkListener<WorkerToMaster, OutcomeEnvelope> {

        /** A message with these tasks is too large for Artery and can never be sent, so nothing behind it arrives. */
        void onUndeliverable(List<Long> taskIds, String explanation);
    }

    private final Predicate<String> token;
    private final Listener listener;

    /** Waits for a process that shows a token which the predicate accepts. */
    public <C> ArteryMasterLink(
            ActorContext<C> context,
            Function<LinkEvent, C> wrapper,
            Predicate<String> token,
            Optional<Path> argumentRing,
            Optional<Path> resultRing,
            Listener listener) {
        super(
                context,
                wrapper,
                WorkerFrame.class,
                MasterFrame::new,
                OutboundPayloads.arguments(argumentRing),
                new InboundPayloads<>(resultRing, false),
                listener);
        this.token = token;
        this.listener = listener;
    }

    @Override
    public boolean receive(LinkEvent event) {
        if (event instanceof OversizedFrame discarded) {
            onDiscarded(discarded);
            return true;
        }
        if (event instanceof WorkerFrame frame && accepts(frame)) {
            onFrame(frame.seq(), frame.ack(), frame.body());
            return true;
        }
        return false;
    }

    private boolean accepts(WorkerFrame frame) {
        if (!isOpen() && frame.body() instanceof WorkerToMaster.Connected first && token.test(first.token())) {
            connectTo(first.address());
        }
        return isOpen();
    }

    @Override
    void onMessage(WorkerToMaster message) {
        if (message instanceof WorkerToMaster.ResultPart part) {
            keep(part.taskId(), part.total(), part.bytes());
        } else if (message instanceof WorkerToMaster.SharedResults results) {
            keep(results.pieces());
        } else if (message instanceof WorkerToMaster.Done done) {
            deliver(completed(done));
        } else {
            if (isLast(message)) {
                delivery().acknowledgeNow();
            }
            deliver(message);
        }
    }

    private WorkerToMaster.Done completed(WorkerToMaster.Done done) {
        List<OutcomeEnvelope> outcomes = complete(done.outcomes());
        return outcomes == done.outcomes() ? done : new WorkerToMaster.Done(outcomes, done.demand());
    }

    /** The worker's process ends when it knows that its last message has arrived. */
    private static boolean isLast(WorkerToMaster message) {
        return message instanceof WorkerToMaster.InitFailed || message instanceof WorkerToMaster.Stopped;
    }

    /** Artery publishes what the whole actor system could not send; other workers' messages are not for this end. */
    private void onDiscarded(OversizedFrame discarded) {
        ActorRef<MasterFrame> to = peer();
        boolean isOurs = to != null && to.path().toString().equals(discarded.recipient());
        if (isOurs && discarded.isForItsSize() && discarded.message() instanceof MasterFrame frame) {
            List<Long> taskIds = tasksIn(frame.body());
            if (!taskIds.isEmpty()) {
                listener.onUndeliverable(taskIds, discarded.explanation());
            }
        }
    }

    private static List<Long> tasksIn(@Nullable MasterToWorker message) {
        if (message instanceof MasterToWorker.Tasks tasks) {
            return tasks.batch().stream().map(TaskEnvelope::taskId).toList();
        }
        return message instanceof MasterToWorker.ArgumentPart part ? List.of(part.taskId()) : List.of();
    }
}
