package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test, no process that it started may be left: neither a worker nor a child of one. */
final class NoProcessLeft implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        check(context.getDisplayName());
    }

    static void check(String test) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(living())
                        .as("processes left behind by %s", test)
                        .isEmpty());
    }

    static List<String> living() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        !process.info().commandLine().orElse("").contains("dev.pipelinebox.worker.ArchiveTraining"))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }
}
