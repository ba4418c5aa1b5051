package dev.pipelinebox.internal.link.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.LinkListener;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.MessageCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Demand;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master's server with links of its own, and workers' ends that connect to it. */
class SocketServerTest {

    private static final String TOKEN = "token";
    private static final byte[] FAILURE = {7};

    @TempDir
    private Path root;

    private final BlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
    private final List<WorkerToMaster> atMaster = new ArrayList<>();
    private final AtWorker atWorker = new AtWorker();
    private final List<SocketChannel> strangers = new ArrayList<>();
    private SocketServer server;
    private SocketLoop loop;

    @BeforeEach
    void open() throws IOException {
        server = SocketServer.open(List.of(root)).orElseThrow();
        loop = new SocketLoop("test-worker");
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        server.close();
        for (SocketChannel stranger : strangers) {
            stranger.close();
        }
        assertThat(in(root)).isEmpty();
    }

    @Test
    void whatIsSentBeforeTheWorkerConnectsArrivesInOrder() throws IOException {
        SocketMasterLink link = link(1);
        link.send(new MasterToWorker.TakeSlot(1));
        link.send(new MasterToWorker.Ping());
        assertThat(link.isOpen()).isFalse();

        connect(1, TOKEN);

        await().until(() -> take(link) && link.isOpen());
        await().until(() -> atWorker.messages.size() == 2);
        assertThat(atWorker.messages).containsExactly(new MasterToWorker.TakeSlot(1), new MasterToWorker.Ping());
    }

    @Test
    void payloadsOfAllSizesArriveWholeInBothDirections() throws IOException {
        SocketMasterLink link = link(1);
        SocketWorkerLink worker = connect(1, TOKEN);
        List<TaskEnvelope> tasks = Stream.of(0, 5, 16_383, 16_384, 70_000, 1 << 20, 6, 9 << 20)
                .map(size -> TaskEnvelope.of(size, 1, new byte[size]))
                .toList();
        tasks.forEach(task -> Arrays.fill(task.payload(), (byte) task.size()));

        await().until(() -> take(link) && link.isOpen());
        link.send(new MasterToWorker.Tasks(tasks));
        await().until(() -> atWorker.messages.size() == 1);
        List<TaskEnvelope> arrived = ((MasterToWorker.Tasks) atWorker.messages.get(0)).batch();
        loop.execute(() -> worker.send(new WorkerToMaster.Done(
                arrived.stream()
                        .map(task -> OutcomeEnvelope.of(task.firstId(), 1, true, task.payload()))
                        .toList(),
                new Demand(1, 1))));

        await().until(() -> take(link) && atMaster.size() == 1);
        List<OutcomeEnvelope> outcomes = ((WorkerToMaster.Done) atMaster.get(0)).outcomes();
        assertThat(outcomes).hasSameSizeAs(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(outcomes.get(i).payload()).isEqualTo(tasks.get(i).payload());
        }
    }

    @Test
    void aBatchOfNothingIsNotSent() throws IOException {
        SocketMasterLink link = link(1);
        connect(1, TOKEN);
        await().until(() -> take(link) && link.isOpen());

        link.send(new MasterToWorker.Tasks(List.of()));
        link.send(new MasterToWorker.Ping());

        await().until(() -> atWorker.messages.size() == 1);
        assertThat(atWorker.messages).containsExactly(new MasterToWorker.Ping());
    }

    @Test
    void aPingIsAwaitedUntilTheWorkerShowsThatItIsAlive() throws IOException {
        SocketMasterLink link = link(1);
        SocketWorkerLink worker = connect(1, TOKEN);
        await().until(() -> take(link) && link.isOpen());
        long before = link.delivered();

        link.send(new MasterToWorker.Revoke(List.of(1L)));
        assertThat(link.isIdle()).isTrue();
        link.send(new MasterToWorker.Ping());
        assertThat(link.isIdle()).isFalse();
        loop.execute(() -> worker.send(new WorkerToMaster.Pong()));

        await().until(() -> take(link) && link.isIdle());
        assertThat(link.delivered()).isGreaterThan(before);
    }

    @Test
    void aProcessThatShowsAnotherTokenOrIsNotExpectedIsDisconnected() throws IOException {
        SocketMasterLink link = link(1);

        connect(1, "another token");
        await().until(() -> atWorker.disconnected == 1);
        connect(2, TOKEN);
        await().until(() -> atWorker.disconnected == 2);

        assertThat(events).isEmpty();
        assertThat(link.isOpen()).isFalse();
    }

    @Test
    void aTokenIsGoodOnce() throws IOException {
        SocketMasterLink link = link(1);
        connect(1, TOKEN);
        await().until(() -> take(link) && link.isOpen());

        connect(1, TOKEN);

        await().until(() -> atWorker.disconnected == 1);
        assertThat(link.isAtEnd()).isFalse();
    }

    @Test
    void strangersThatSayNothingKeepNoWorkerFromConnecting() throws IOException {
        for (int i = 0; i < 3 * SocketServer.MOST_UNKNOWN; i++) {
            strangers.add(SocketChannel.open(UnixDomainSocketAddress.of(address())));
        }
        SocketMasterLink link = link(1);

        connect(1, TOKEN);

        await().until(() -> take(link) && link.isOpen());
        assertThat(strangers.get(0).read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void moreWorkersThanUnknownConnectionsAreAllowedConnectAtOnce() throws IOException {
        List<SocketMasterLink> links = new ArrayList<>();
        int workers = 2 * SocketServer.MOST_UNKNOWN;
        for (int process = 1; process <= workers; process++) {
            links.add(link(process));
        }
        CountDownLatch pause = new CountDownLatch(1);
        server.loop().execute(() -> await().until(() -> pause.getCount() == 0));
        for (int process = 1; process <= workers; process++) {
            connect(process, TOKEN);
        }
        pause.countDown();

        await().until(() -> events.size() == workers);
        assertThat(atWorker.disconnected).isZero();
    }

    @Test
    void aBatchOfAnySizeArrivesInFramesOfABoundedSize() throws IOException {
        SocketMasterLink link = link(1);
        connect(1, TOKEN);
        await().until(() -> take(link) && link.isOpen());
        List<TaskEnvelope> tasks = LongStream.range(0, 3_000)
                .mapToObj(id -> TaskEnvelope.of(id, 1, new byte[(int) (id * 7 % 16_000)]))
                .toList();

        link.send(new MasterToWorker.Tasks(tasks));

        await().until(() -> arrived().size() == tasks.size());
        assertThat(arrived()).extracting(TaskEnvelope::firstId).isEqualTo(ids(tasks));
        assertThat(arrived()).extracting(TaskEnvelope::size).isEqualTo(sizes(tasks));
        assertThat(atWorker.messages).hasSizeGreaterThan(10);
    }

    private List<TaskEnvelope> arrived() {
        return atWorker.messages.stream()
                .flatMap(message -> ((MasterToWorker.Tasks) message).batch().stream())
                .toList();
    }

    private static List<Long> ids(List<TaskEnvelope> tasks) {
        return tasks.stream().map(TaskEnvelope::firstId).toList();
    }

    private static List<Integer> sizes(List<TaskEnvelope> tasks) {
        return tasks.stream().map(TaskEnvelope::size).toList();
    }

    @Test
    void aStrangerThatSendsMoreThanAGreetingIsDisconnected() throws IOException {
        SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(address()));
        strangers.add(stranger);

        stranger.write(ByteBuffer.allocate(4).putInt(Greeting.LONGEST + 1).flip());

        assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void allThatAProcessHasSentBeforeItsEndArrivesAndThenTheLinkIsAtItsEnd() throws IOException {
        SocketMasterLink link = link(1);
        SocketChannel process = SocketChannel.open(UnixDomainSocketAddress.of(address()));
        process.write(Greeting.of(1, TOKEN));
        OutcomeEnvelope outcome = OutcomeEnvelope.of(1, 1, true, new byte[100_000]);
        for (ByteBuffer buffer : OutgoingFrames.toMaster(new MessageCodec())
                .of(new WorkerToMaster.Done(List.of(outcome), new Demand(1, 1)))) {
            process.write(buffer);
        }
        process.close();
        link.onProcessExited();

        await().until(() -> take(link) && link.isAtEnd());
        assertThat(atMaster).hasSize(1);
        assertThat(((WorkerToMaster.Done) atMaster.get(0)).outcomes().get(0).payload())
                .hasSize(100_000);
    }

    @Test
    void theLinkToAProcessThatHasEndedWithoutConnectingIsAtItsEnd() {
        SocketMasterLink link = link(1);

        link.onProcessExited();

        await().until(() -> take(link) && link.isAtEnd());
    }

    @Test
    void closingTheMastersEndDisconnectsTheWorker() throws IOException {
        SocketMasterLink link = link(1);
        connect(1, TOKEN);
        await().until(() -> take(link) && link.isOpen());

        link.close();

        await().until(() -> atWorker.disconnected == 1);
    }

    @Test
    void anotherDirectoryIsMadeIfTheSocketWasRemoved() throws IOException {
        Path first = server.directory();
        Files.delete(SocketServer.address(first));

        Path second = server.directory();

        assertThat(second).isNotEqualTo(first);
        SocketMasterLink link = link(1);
        connect(1, TOKEN);
        await().until(() -> take(link) && link.isOpen());
    }

    @Test
    void nobodyElseMayEnterTheDirectory() throws IOException {
        assertThat(Files.getPosixFilePermissions(server.directory()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void thereIsNoneIfThePathWouldBeTooLong() throws IOException {
        Path deep = Files.createDirectories(root.resolve("x".repeat(ListeningSocket.LONGEST_PATH)));

        assertThat(SocketServer.open(List.of(deep))).isEmpty();
        assertThat(SocketServer.open(List.of(deep, root))).hasValueSatisfying(SocketServer::close);
        Files.delete(deep);
    }

    private Path address() throws IOException {
        return SocketServer.address(server.directory());
    }

    private SocketMasterLink link(long process) {
        return server.link(process, TOKEN::equals, events::add, new LinkListener<>() {
            @Override
            public void onMessage(WorkerToMaster message) {
                atMaster.add(message);
            }

            @Override
            public Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
                return Optional.of(OutcomeEnvelope.failure(outcome.firstId(), outcome.attempt(), FAILURE));
            }
        });
    }

    private SocketWorkerLink connect(long process, String token) throws IOException {
        return SocketWorkerLink.connect(address(), process, token, loop, atWorker);
    }

    /** Gives the link what has come for it, as its actor does. */
    private boolean take(SocketMasterLink link) {
        for (LinkEvent event = events.poll(); event != null; event = events.poll()) {
            assertThat(link.receive(event)).isTrue();
        }
        return true;
    }

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static final class AtWorker implements SocketWorkerLink.Listener {

        private final List<MasterToWorker> messages = new CopyOnWriteArrayList<>();
        private volatile int disconnected;

        @Override
        public void onMessage(MasterToWorker message) {
            messages.add(message);
        }

        @Override
        public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
            return Optional.empty();
        }

        @Override
        public void onWritten() {}

        @Override
        public void onDisconnected() {
            disconnected++;
        }
    }
}
