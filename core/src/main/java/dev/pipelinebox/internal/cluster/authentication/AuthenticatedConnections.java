package dev.pipelinebox.internal.cluster.authentication;

import akka.actor.ExtendedActorSystem;
import akka.remote.artery.tcp.SSLEngineProvider;
import dev.pipelinebox.internal.bootstrap.ClusterKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Gives Akka an engine for each connection of the cluster: no byte passes before both ends have proved that they have the key.
 * For the loopback interface, where only the administrator of the machine can listen to connections or insert bytes.
 * Thread-safe.
 */
public final class AuthenticatedConnections implements SSLEngineProvider {

    /** How many connections to a master may be in their handshake: many workers may join at once. */
    public static final int MOST_OF_MASTER = 128;

    /** To a worker its master and few others connect. */
    public static final int MOST_OF_WORKER = 32;

    private final ClusterKey key;
    private final ExtendedActorSystem system;
    private final PendingHandshakes accepted;
    private final PendingHandshakes opened;

    /** Before the system listens. */
    private final long earliest = System.nanoTime();

    /**
     * For an actor system whose members know each other by the key.
     *
     * @param most how many accepted connections may be in their handshake, each of which takes about 100 KB
     */
    public AuthenticatedConnections(ClusterKey key, ExtendedActorSystem system, int most) {
        this.key = key;
        this.system = system;
        PendingHandshakes.Timer timer =
                (delay, task) -> system.scheduler().scheduleOnce(delay, task, system.dispatcher());
        this.accepted = new PendingHandshakes(most, timer, new Refusals(System::nanoTime, this::report));
        // Akka opens few of these, tries them again, and logs it itself.
        this.opened = new PendingHandshakes(Integer.MAX_VALUE, timer, new Refusals(System::nanoTime, count -> {}));
    }

    /** Called by Akka while it creates the actor of the connection, on that actor's thread; the same holds for clients. */
    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        return begun(KeyedEngine.ofServer(Handshake.ofServer(key, ownPort(), earliest), accepted), accepted);
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        return begun(KeyedEngine.ofClient(Handshake.ofClient(key, port, System.nanoTime()), opened), opened);
    }

    /** The handshake has proved all that there is to prove. */
    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return Option.empty();
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return Option.empty();
    }

    private static KeyedEngine begun(KeyedEngine connection, PendingHandshakes handshakes) {
        handshakes.begin(connection, ConnectionActor.wakeUp());
        return connection;
    }

    private int ownPort() {
        return (Integer) system.provider().getDefaultAddress().port().get();
    }

    private void report(long count) {
        LoggerFactory.getLogger(AuthenticatedConnections.class)
                .warn(
                        "Refused at port {} of this process: {} connections that did not prove that they come from the"
                                + " master or a worker of its cluster; unless one of these ended or was stopped just"
                                + " then, another program of this machine opened them",
                        ownPort(),
                        count);
    }
}
