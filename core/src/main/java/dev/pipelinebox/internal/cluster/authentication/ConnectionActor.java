package dev.pipelinebox.internal.cluster.authentication;

import akka.actor.ActorCell;
import akka.actor.ActorContext;
import akka.actor.ActorRef;
import akka.stream.impl.FanIn;
import akka.util.ByteString;

/** The actor of a connection, while Akka creates it together with its engine. */
public final class ConnectionActor {

    /** As if the other end had sent no bytes. */
    private static final Object NO_BYTES = new FanIn.OnNext(0, ByteString.emptyByteString());

    private ConnectionActor() {}

    /** What makes it look at its engine. To be called by an engine provider, on the actor's thread; the result on any. */
    public static Runnable wakeUp() {
        ActorRef actor = beingCreated();
        return () -> actor.tell(NO_BYTES, ActorRef.noSender());
    }

    private static ActorRef beingCreated() {
        for (scala.collection.Iterator<ActorContext> contexts =
                        ActorCell.contextStack().get().iterator();
                contexts.hasNext(); ) {
            ActorContext context = contexts.next();
            if (context != null) {
                return context.self();
            }
        }
        throw new IllegalStateException("Akka creates engines outside of actors; use Akka 2.8.5");
    }
}
