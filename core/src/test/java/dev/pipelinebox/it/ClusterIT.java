package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
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

/** A pool whose processes cannot form a cluster, with real processes. */
@ExtendWith(NoProcessLeft.class)
class ClusterIT {

    private static final Duration LONG = Duration.ofMinutes(2);

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
