package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cluster of a master that reaches its workers without it, with real processes. */
@ExtendWith(NoProcessLeft.class)
class ClusterIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    private static final String ACTORS = "pipelinebox-akka.actor";

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(console);
    }

    /** Tells whether its process has a thread whose name contains the argument. */
    public static final class Threads implements Worker<String, Boolean> {

        /** Builds it. */
        public Threads() {}

        @Override
        public Boolean runTask(String part) {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().contains(part));
        }
    }

    /** A worker has actors only when it has been told to join. */
    @Test
    void workersAndReplacementsJoinTheClusterWhenTheMasterHasRunForATime() throws Exception {
        try (Master<String, Boolean> master = Master.of(Threads.class).start()) {
            WorkerHandle worker = master.addWorker();
            assertThat(result(master.ask(ACTORS))).isFalse();
            await().atMost(LONG).until(() -> result(master.ask(ACTORS)));

            long pid = worker.pid();
            Pools.kill(pid);
            await().atMost(LONG).until(() -> worker.pid() != pid && result(master.ask(ACTORS)));
        }
    }

    /** The worker has the same settings as the master, and so the same port. */
    @Test
    void aWorkerThatCannotJoinTheClusterRunsOn() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (Master<Integer, Long> master =
                Master.of(Workers.Pid.class).config(port(free)).start()) {
            master.addWorker();
            long pid = result(master.ask(0));
            awaitLine("[worker 0]", "runs without the cluster");
            assertThat(result(master.ask(0))).isEqualTo(pid);
        }
    }

    @Test
    void aMasterWhoseClusterCannotBeStartedGoesOn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Master<Integer, Long> master = Master.of(Workers.Pid.class)
                        .config(port(taken.getLocalPort()))
                        .start()) {
            master.addWorker();
            long pid = result(master.ask(0));
            awaitLine("WARN", "Workers run without a cluster");
            assertThat(result(master.ask(0))).isEqualTo(pid);
        }
    }

    private static Config port(int port) throws IOException {
        return ConfigFactory.parseString("pipelinebox.akka.remote.artery.canonical.port = " + port);
    }

    private void awaitLine(String... parts) {
        await().atMost(LONG)
                .until(() -> captured.toString(StandardCharsets.UTF_8).lines().anyMatch(line -> contains(line, parts)));
    }

    private static boolean contains(String line, String... parts) {
        for (String part : parts) {
            if (!line.contains(part)) {
                return false;
            }
        }
        return true;
    }
}
