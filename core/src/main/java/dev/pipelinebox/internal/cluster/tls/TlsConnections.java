package dev.pipelinebox.internal.cluster.tls;

import akka.actor.Cancellable;
import akka.actor.ExtendedActorSystem;
import akka.remote.artery.tcp.SSLEngineProvider;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import dev.pipelinebox.internal.cluster.authentication.ConnectionActor;
import java.time.Clock;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.jdk.javaapi.OptionConverters;

/**
 * Gives Akka TLS for each connection of a cluster of several machines: no byte passes before both ends have proved that they
 * are members, and that their roles fit. Thread-safe.
 */
public final class TlsConnections implements SSLEngineProvider {

    private final TlsEngines engines;

    private TlsConnections(
            Credentials own, Revocations revocations, Consumer<Refusal> listener, ExtendedActorSystem system) {
        RefusalLog log = new RefusalLog(
                System::nanoTime,
                line -> LoggerFactory.getLogger(TlsConnections.class).warn(line));
        this.engines = new TlsEngines(
                own,
                revocations,
                Clock.systemUTC(),
                (delay, task) -> {
                    Cancellable timer = system.scheduler().scheduleOnce(delay, task, system.dispatcher());
                    return timer::cancel;
                },
                refusal -> {
                    log.add(refusal);
                    listener.accept(refusal);
                });
    }

    /**
     * For the actor system of a master.
     *
     * @param listener is told each connection that was refused, by threads that must not wait
     */
    public static SSLEngineProviderSetup ofMaster(MasterKeys keys, Consumer<Refusal> listener) {
        return SSLEngineProviderSetup.create(
                system -> new TlsConnections(keys.credentials(), keys.revocations(), listener, system));
    }

    /** The same for that of a host. */
    public static SSLEngineProviderSetup ofHost(Invitation invitation, Consumer<Refusal> listener) {
        return SSLEngineProviderSetup.create(
                system -> new TlsConnections(invitation.credentials(), Revocations.none(), listener, system));
    }

    /** Called by Akka while it creates the actor of the connection, on that actor's thread; the same holds for clients. */
    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        return engines.server(ConnectionActor.wakeUp());
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        return engines.client(hostname + ":" + port, ConnectionActor.wakeUp());
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return OptionConverters.toScala(engines.problemOfOpened(hostname, session));
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return OptionConverters.toScala(engines.problemOfAccepted(session));
    }
}
