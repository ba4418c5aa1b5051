package dev.pipelinebox.internal.cluster;

import akka.actor.ExtendedActorSystem;
import akka.serialization.Serializer;
import dev.pipelinebox.internal.link.artery.WireSerializer;
import scala.Option;

/**
 * Stands where Akka's configuration names a serializer that a private cluster has no use for: making those and loading
 * their classes would take a twentieth of a start. {@code private.conf} says which.
 */
final class UnusedSerializer implements Serializer {

    private final String alias;

    /** Called by Akka, with the name by which the configuration knows what this stands for. */
    UnusedSerializer(ExtendedActorSystem system, String alias) {
        this.alias = alias;
    }

    /** Different ones need different numbers; Akka takes those over 1000 to be an application's. */
    @Override
    public int identifier() {
        return WireSerializer.IDENTIFIER + 1 + (alias.hashCode() & 0xFFFFFF);
    }

    @Override
    public byte[] toBinary(Object message) {
        throw unexpected();
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public Object fromBinary(byte[] bytes, Option<Class<?>> manifest) {
        throw unexpected();
    }

    private UnsupportedOperationException unexpected() {
        return new UnsupportedOperationException("No master or worker sends what the serializer " + alias + " is for");
    }
}
