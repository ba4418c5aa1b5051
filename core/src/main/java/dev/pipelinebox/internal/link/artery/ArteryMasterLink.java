package dev.pipelinebox.internal.link.artery;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.PayloadForm;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The master's end. It opens with the first frame that shows the token of the worker's process. */
public final class ArteryMasterLink extends ArteryLink<MasterToWorker, WorkerToMaster, MasterFrame, OutcomeEnvelope>
        implements MasterLink {

    /** Receives what has arrived at this end. */
    public interface Listener extends LinkListener<WorkerToMaster, OutcomeEnvelope> {

        /** A message with these tasks is too large for Artery and can never be sent, so nothing behind it arrives. */
        void onUndeliverable(List<Long> taskIds, String explanation);
    }

    /** What the process has sent before its end may still be in the socket for so long. */
    private static final Duration LAST_TRANSIT = Duration.ofMillis(25);

    private final Predicate<String> token;
    private final Listener listener;

    /** Waits for a process that shows a token which the predicate accepts. */
    public <C> ArteryMasterLink(
            ActorContext<C> context, Function<LinkEvent, C> wrapper, Predicate<String> token, Listener listener) {
        super(
                context,
                wrapper,
                WorkerFrame.class,
                MasterFrame::new,
                PayloadForm.ARGUMENTS,
                PayloadForm.RESULTS,
                false,
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
    public long delivered() {
        return delivery().lastAcknowledged();
    }

    /** Artery does not say so. */
    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void onProcessExited() {}

    @Override
    public Duration lastTransit() {
        return LAST_TRANSIT;
    }

    @Override
    void beforeDelivery(WorkerToMaster message) {
        if (isLast(message)) {
            delivery().acknowledgeNow();
        }
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
            return tasks.batch().stream().flatMap(TaskEnvelope::ids).toList();
        }
        return message instanceof MasterToWorker.ArgumentPart part ? List.of(part.taskId()) : List.of();
    }
}
