package dev.pipelinebox.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.PoolEvent.HostSilent.Direction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostLinesTest {

    @Test
    void theVerboseMonitorPrintsALineForEachEventOfAHost() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        VerboseMonitor monitor = new VerboseMonitor(() -> stream);

        Stream.of(
                        new PoolEvent.HostJoined("b", "10.0.0.2:7410", 8, 64L << 30),
                        new PoolEvent.HostUnsuitable("b", "its disk is full"),
                        new PoolEvent.HostSilent("b", Duration.ofSeconds(3), Direction.FROM_HOST),
                        new PoolEvent.HostSilent("b", Duration.ofSeconds(3), Direction.TO_HOST),
                        new PoolEvent.HostHeardAgain("b"),
                        new PoolEvent.HostLost("b", "nothing was heard from it for 15 s", 4),
                        new PoolEvent.HostLeft("b", 2),
                        new PoolEvent.HostDrained("b"),
                        new PoolEvent.CodeSent("b", 1000, Duration.ofMillis(20)),
                        new PoolEvent.WorkerUnplaced(3, "No host has joined"))
                .forEach(monitor::onEvent);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "[master] host b joined from 10.0.0.2:7410 with 8 processors and 65536 MiB",
                        "[master] host b gets no workers: its disk is full",
                        "[master] host b has not been heard for 3 s",
                        "[master] host b has not heard the master for 3 s",
                        "[master] host b is heard again",
                        "[master] host b was lost: nothing was heard from it for 15 s; tasks moved: 4",
                        "[master] host b left; tasks moved: 2",
                        "[master] host b is drained",
                        "[master] host b was sent 1000 bytes of code in 20 ms",
                        "[master] worker 3 waits: No host has joined");
    }
}
