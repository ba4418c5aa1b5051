package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.internal.bootstrap.Bootstrap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that watches its parent, and has a child of its own. */
class ParentWatchIT {

    /** The process. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Process child = new ProcessBuilder("sleep", "600").start();
            ParentWatch.watchInput(System.in);
            ParentWatch.watchProcess(Long.parseLong(arguments[0]));
            System.out.println(child.pid());
            new CountDownLatch(1).await();
        }
    }

    private Process holder;
    private ProcessHandle child;

    @BeforeEach
    void start() throws IOException {
        holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        String.valueOf(ProcessHandle.current().pid()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }

    @AfterEach
    void end() {
        child.destroyForcibly();
        holder.destroyForcibly();
    }

    @Test
    void theEndOfItsInputEndsItAndItsChildrenThoughTheMasterLives() throws Exception {
        assertThat(holder.isAlive()).isTrue();

        holder.getOutputStream().close();

        assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(Bootstrap.MASTER_LOST_EXIT);
        await().until(() -> !child.isAlive());
    }
}
