package dev.pipelinebox.internal.cluster.authentication;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.ActorSelection;
import akka.actor.Kill;
import akka.actor.PoisonPill;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.link.artery.WorkerFrame;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With Akka's own streams, between actor systems of this JVM and sockets. */
class AuthenticatedConnectionsIT {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(AuthenticatedConnections.class);

    private final ClusterSpec cluster = ClusterSpec.createPrivate();
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ActorSystem<Object> master = start(cluster);

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
        join(master);
        await().atMost(PATIENCE).until(() -> up(master) == 1);
    }

    @AfterEach
    void terminate() {
        LOGGER.detachAppender(log);
        systems.forEach(ActorSystem::terminate);
        systems.forEach(system ->
                assertThat(system.getWhenTerminated().toCompletableFuture()).succeedsWithin(PATIENCE));
    }

    @Test
    void aNodeWithTheKeyBecomesAMember() {
        ActorSystem<Object> worker = start(cluster);
        join(worker);

        await().atMost(PATIENCE).until(() -> up(master) == 2 && up(worker) == 2);
        assertThat(log.list).isEmpty();
    }

    @Test
    void aNodeWithAnotherKeyIsRefusedAndIsNoMember() {
        ActorSystem<Object> stranger = start(ClusterSpec.createPrivate());
        join(stranger);

        await().atMost(PATIENCE).until(() -> !log.list.isEmpty());

        assertThat(up(master)).isEqualTo(1);
        assertThat(up(stranger)).isZero();
        assertThat(log.list.get(0).getFormattedMessage())
                .contains("Refused at port " + port() + " of this process: 1 connections");
    }

    /** Behind the key: what a worker's process may do, in which the user's code runs. */
    @Test
    void aMemberCannotEndActorsOfAnother() throws Exception {
        ActorSystem<Object> worker = start(cluster);
        join(worker);
        await().atMost(PATIENCE).until(() -> up(worker) == 2);
        ActorRef<Object> remote = ActorRefResolver.get(worker)
                .resolveActorRef(ActorRefResolver.get(master).toSerializationFormat(master));
        akka.actor.ActorRef classic = Adapter.toClassic(remote);

        for (String path : List.of("/user", "/user/*", "/system", "/system/*", "/system/cluster/core/daemon")) {
            ActorSelection selection = Adapter.toClassic(worker).actorSelection(master.address() + path);
            selection.tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
            selection.tell(Kill.getInstance(), akka.actor.ActorRef.noSender());
        }
        classic.tell(PoisonPill.getInstance(), akka.actor.ActorRef.noSender());
        classic.tell(Kill.getInstance(), akka.actor.ActorRef.noSender());
        WorkerFrame last = new WorkerFrame(1, 0, new WorkerToMaster.Connected("", ""));
        remote.tell(last);

        assertThat(received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(last);
        assertThat(master.getWhenTerminated().toCompletableFuture()).isNotDone();
        assertThat(up(master)).isEqualTo(2);
    }

    /** A program that took the port of a member that has ended. */
    @Test
    void aMemberSendsNothingToAServerWithoutTheKey() throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Adapter.toClassic(master)
                    .actorSelection(
                            "akka://" + ClusterSpec.SYSTEM_NAME + "@127.0.0.1:" + stranger.getLocalPort() + "/user")
                    .tell(new WorkerFrame(1, 0, new WorkerToMaster.Connected("", "")), akka.actor.ActorRef.noSender());
            try (Socket silent = stranger.accept();
                    Socket liar = stranger.accept()) {
                silent.setSoTimeout((int) PATIENCE.toMillis());
                liar.setSoTimeout((int) PATIENCE.toMillis());
                liar.getOutputStream().write(new byte[32]);
                assertThat(liar.getInputStream().readNBytes(72)).hasSize(72);
                liar.getOutputStream().write(new byte[32]);
                assertThat(liar.getInputStream().read()).isEqualTo(-1);
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void anAnswerThatWasRightOnceIsRefusedTheNextTime() throws Exception {
        byte[] answer;
        try (Socket first = connect()) {
            Handshake client = Handshake.ofClient(Objects.requireNonNull(cluster.key()), port(), System.nanoTime());
            client.receive(ByteBuffer.wrap(first.getInputStream().readNBytes(32)));
            ByteBuffer bytes = ByteBuffer.allocate(72);
            client.send(bytes);
            answer = bytes.array();
            first.getOutputStream().write(answer);
            client.receive(ByteBuffer.wrap(first.getInputStream().readNBytes(32)));
            assertThat(client.step()).isEqualTo(Handshake.Step.DONE);
        }
        try (Socket second = connect()) {
            second.getInputStream().readNBytes(32);
            second.getOutputStream().write(answer);

            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosedForNewerOnesAndAfterATime() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i <= AuthenticatedConnections.MOST_OF_MASTER; i++) {
                Socket socket = connect();
                socket.setSoTimeout(1_000);
                silent.add(socket);
                socket.getInputStream().readNBytes(32);
            }

            for (Socket socket : silent) {
                socket.setSoTimeout(1);
            }
            await().atMost(PATIENCE).until(() -> silent.stream().anyMatch(AuthenticatedConnectionsIT::isClosed));
            assertThat(silent.stream().filter(AuthenticatedConnectionsIT::isClosed))
                    .hasSize(1);
            await().atMost(PATIENCE).until(() -> silent.stream().allMatch(AuthenticatedConnectionsIT::isClosed));
            awaitClosedAtTheOtherEnd(silent.get(0));
            awaitClosedAtTheOtherEnd(silent.get(silent.size() - 1));
            assertThat(log.list).hasSize(1);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private ActorSystem<Object> start(ClusterSpec of) {
        ActorSystem<Object> system = ActorSystemSettings.start(
                Behaviors.receiveMessage(message -> {
                    received.add(message);
                    return Behaviors.same();
                }),
                of,
                ActorSystemSettings.master(Map.of()));
        systems.add(system);
        return system;
    }

    private void join(ActorSystem<?> system) {
        Cluster.get(system).manager().tell(Join.create(master.address()));
    }

    private static long up(ActorSystem<?> system) {
        return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
                .map(Member::status)
                .filter(MemberStatus.up()::equals)
                .count();
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
        await().atMost(PATIENCE).until(() -> {
            try {
                socket.getOutputStream().write(1);
                return false;
            } catch (IOException reset) {
                return true;
            }
        });
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getByName("127.0.0.1"), port());
    }
}
