package dev.pipelinebox.internal.link.transfer;

import akka.actor.Dropped;
import akka.actor.typed.ActorRef;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.ActorContext;
import java.util.Locale;
import java.util.function.Function;

/**
 * A message that was too large for a frame: Artery discards such a message and tells it to the event stream only.
 *
 * @param message the message
 * @param recipient the path of the actor that it was for
 * @param reason what Artery says
 */
public record OversizedFrame(Object message, String recipient, String reason) {

    private static final String REMEDY = "leave pipelinebox.akka.remote.artery.advanced.maximum-frame-size as it is, or"
            + " give at least " + (PayloadTransfer.FRAME_BYTES >> 10)
            + " KiB there, and, if the master is embedded in a cluster, to"
            + " akka.remote.artery.advanced.maximum-frame-size";

    /**
     * Has an actor told of every such message that its process wanted to send.
     *
     * @param context the actor
     * @param wrapper makes the actor's own message of it
     * @param <C> the type of the actor's messages
     */
    public static <C> void subscribe(ActorContext<C> context, Function<OversizedFrame, C> wrapper) {
        ActorRef<Dropped> adapter = context.messageAdapter(
                Dropped.class,
                dropped -> wrapper.apply(new OversizedFrame(
                        dropped.message(), dropped.recipient().path().toString(), dropped.reason())));
        context.getSystem().eventStream().tell(new EventStream.Subscribe<>(Dropped.class, adapter));
    }

    /**
     * Tells whether the message was discarded for its size; what was dropped since a queue was full is sent again anyway.
     *
     * @return {@code true} if it can never be sent
     */
    public boolean isForItsSize() {
        return reason.toLowerCase(Locale.ROOT).contains("oversized");
    }

    /**
     * What happened, with the remedy.
     *
     * @return the text
     */
    public String explanation() {
        return "The message was too large to be sent (" + reason + "); " + REMEDY;
    }
}
