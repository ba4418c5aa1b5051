package dev.pipelinebox.internal.link.artery;

import akka.actor.Dropped;
import akka.actor.typed.ActorRef;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.internal.link.LinkEvent;
import java.util.Locale;
import java.util.function.Function;

/**
 * A message that Artery has discarded, perhaps because it was too large for a frame. Artery publishes that on the event
 * stream only.
 *
 * @param recipient the path of the actor that it was for
 * @param reason what Artery says
 */
public record OversizedFrame(Object message, String recipient, String reason) implements LinkEvent {

    private static final String REMEDY = "leave pipelinebox.akka.remote.artery.advanced.maximum-frame-size as it is, or"
            + " give at least " + (ArteryLink.FRAME_BYTES >> 10)
            + " KiB there, and, if the master is embedded in a cluster, to"
            + " akka.remote.artery.advanced.maximum-frame-size";

    /** Sends an actor every such message that its actor system wanted to send. */
    static <C> void subscribe(ActorContext<C> context, Function<? super OversizedFrame, C> wrapper) {
        ActorRef<Dropped> adapter = context.messageAdapter(
                Dropped.class,
                dropped -> wrapper.apply(new OversizedFrame(
                        dropped.message(), dropped.recipient().path().toString(), dropped.reason())));
        context.getSystem().eventStream().tell(new EventStream.Subscribe<>(Dropped.class, adapter));
    }

    /** Whether it can never be sent; what was dropped because a queue was full is sent again anyway. */
    boolean isForItsSize() {
        return reason.toLowerCase(Locale.ROOT).contains("oversized");
    }

    /** What happened, with the remedy. */
    String explanation() {
        return "The message was too large to be sent (" + reason + "); " + REMEDY;
    }
}
