package dev.pipelinebox.internal.link.artery;

import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.transfer.PayloadForm;
import java.util.function.Function;

/** The worker's end. It opens with {@link #connect}. */
public final class ArteryWorkerLink extends ArteryLink<WorkerToMaster, MasterToWorker, WorkerFrame, TaskEnvelope> {

    /** Receives what has arrived at this end. */
    public interface Listener extends LinkListener<MasterToWorker, TaskEnvelope> {

        /** A message is too large for Artery and can never be sent; the returned one is sent in its place. */
        WorkerToMaster replaceUndeliverable(WorkerToMaster message, String explanation);
    }

    private final Listener listener;

    public <C> ArteryWorkerLink(ActorContext<C> context, Function<LinkEvent, C> wrapper, Listener listener) {
        super(
                context,
                wrapper,
                MasterFrame.class,
                WorkerFrame::new,
                PayloadForm.RESULTS,
                PayloadForm.ARGUMENTS,
                true,
                listener);
        this.listener = listener;
    }

    /** Connects to the master's end, to which the token proves the process. */
    public void connect(String masterAddress, String token) {
        connectTo(masterAddress);
        send(new WorkerToMaster.Connected(token, address()));
    }

    /** Takes in what Artery has brought. */
    public void receive(LinkEvent event) {
        if (event instanceof OversizedFrame discarded) {
            onDiscarded(discarded);
        } else if (event instanceof MasterFrame frame) {
            onFrame(frame.seq(), frame.ack(), frame.body());
        }
    }

    /** What is too large for a frame would be sent again for ever, and nothing behind it would arrive. */
    private void onDiscarded(OversizedFrame discarded) {
        if (discarded.isForItsSize() && discarded.message() instanceof WorkerFrame frame) {
            delivery()
                    .replace(frame.seq(), body -> listener.replaceUndeliverable(body, discarded.explanation()))
                    .ifPresent(this::tell);
        }
    }
}
