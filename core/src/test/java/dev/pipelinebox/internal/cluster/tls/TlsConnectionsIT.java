package dev.pipelinebox.internal.cluster.tls;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.cluster.tls.Refusal.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** With Akka's own streams, between actor systems of this JVM and sockets. */
class TlsConnectionsIT {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(TlsConnections.class);

    @TempDir
    private Path directory;

    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> byMaster = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> byHost = new LinkedBlockingQueue<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private MasterKeys keys;
    private ActorSystem<String> master;

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
        keys = MasterKeys.create(directory.resolve("keys"), Optional.empty());
        master = start(TlsConnections.ofMaster(keys, byMaster::add));
    }

    @AfterEach
    void terminate() {
        LOGGER.detachAppender(log);
        systems.forEach(ActorSystem::terminate);
        systems.forEach(system ->
                assertThat(system.getWhenTerminated().toCompletableFuture()).succeedsWithin(PATIENCE));
    }

    @Test
    void aHostAndItsMasterExchangeMessages() throws Exception {
        ActorSystem<String> host = start(TlsConnections.ofHost(invitation(keys), byHost::add));

        seen(host, master).tell("to the master");
        assertThat(received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("to the master");
        seen(master, host).tell("to the host");
        assertThat(received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("to the host");

        assertThat(byMaster).isEmpty();
        assertThat(byHost).isEmpty();
        assertThat(log.list).isEmpty();
    }

    /** The alert reaches the host, so that it can tell its user why it was not let in. */
    @Test
    void aRevokedHostIsRefusedAndBothEndsKnowIt() throws Exception {
        Invitation invitation = invitation(keys);
        keys.revoke(invitation.credentials().serial());
        ActorSystem<String> host = start(TlsConnections.ofHost(invitation, byHost::add));

        seen(host, master).tell("to the master");

        assertThat(next(byMaster).cause()).isEqualTo(Cause.REVOKED);
        Refusal atHost = next(byHost);
        assertThat(atHost.cause()).isEqualTo(Cause.BY_OTHER);
        assertThat(atHost.message())
                .contains("127.0.0.1:" + port(), invitation.credentials().serial());
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line)
                        .contains("it is revoked", invitation.credentials().serial()));
        assertThat(received).isEmpty();
    }

    @Test
    void aHostOfAnotherClusterRefusesTheMaster() throws Exception {
        MasterKeys others = MasterKeys.create(directory.resolve("others"), Optional.empty());
        ActorSystem<String> host = start(TlsConnections.ofHost(invitation(others), byHost::add));

        seen(host, master).tell("to the master");

        assertThat(next(byHost).cause()).isEqualTo(Cause.OTHER_CLUSTER);
        assertThat(next(byMaster).cause()).isEqualTo(Cause.BY_OTHER);
        assertThat(received).isEmpty();
    }

    @Test
    void silentAndTooManyConnectionsAreClosedWhileAHostGetsThrough() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < TlsEngines.MOST + 44; i++) {
                Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port());
                socket.setSoTimeout(1);
                silent.add(socket);
            }
            await().until(() ->
                    silent.stream().filter(TlsConnectionsIT::isClosed).count() >= 44);
            ActorSystem<String> host = start(TlsConnections.ofHost(invitation(keys), byHost::add));
            seen(host, master).tell("to the master");
            assertThat(received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("to the master");

            await().until(() -> silent.stream().allMatch(TlsConnectionsIT::isClosed));
            awaitClosedAtTheOtherEnd(silent.get(0));
            assertThat(byMaster).extracting(Refusal::cause).containsOnly(Cause.TOO_MANY, Cause.TOO_SLOW);
            assertThat(log.list).hasSize(2);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static Invitation invitation(MasterKeys of) {
        return of.invite("a", Duration.ofHours(1), Optional.empty());
    }

    private static Refusal next(BlockingQueue<Refusal> refusals) throws InterruptedException {
        Refusal next = refusals.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private ActorSystem<String> start(SSLEngineProviderSetup tls) {
        Map<String, Object> settings = Map.of(
                "akka.actor.provider", "remote",
                "akka.remote.warn-about-direct-use", "off",
                "akka.serialization.jackson.jackson-modules", List.of(),
                "akka.remote.artery.transport", "tls-tcp",
                "akka.remote.artery.canonical.hostname", "127.0.0.1",
                "akka.remote.artery.canonical.port", 0,
                "akka.coordinated-shutdown.exit-jvm", "off");
        BootstrapSetup bootstrap =
                BootstrapSetup.create(ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load()));
        ActorSystem<String> system = ActorSystem.create(
                Behaviors.<String>receiveMessage(message -> {
                    received.add(message);
                    return Behaviors.same();
                }),
                "hosts",
                ActorSystemSetup.create(bootstrap, tls));
        systems.add(system);
        return system;
    }

    /** A system's first actor, as another system sees it. */
    private static ActorRef<String> seen(ActorSystem<?> from, ActorSystem<String> to) {
        return ActorRefResolver.get(from)
                .resolveActorRef(ActorRefResolver.get(to).toSerializationFormat(to));
    }

    private int port() {
        return master.address().getPort().orElseThrow();
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Half closed, it would take bytes for ever. */
    private static void awaitClosedAtTheOtherEnd(Socket socket) {
        await().until(() -> {
            try {
                socket.getOutputStream().write(1);
                return false;
            } catch (IOException reset) {
                return true;
            }
        });
    }
}
