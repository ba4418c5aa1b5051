package dev.pipelinebox.environments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After the tests of a class, no process that they started may be left, even where its parent is gone. */
final class NoProcessLeft implements AfterAllCallback {

    /** All that descend from a launched program inherit it, wherever the system has {@code /proc}. */
    static final String VARIABLE = "PIPELINEBOX_ENVIRONMENT";

    static final String MARK = "tests-" + ProcessHandle.current().pid() + ".";

    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Override
    public void afterAll(ExtensionContext context) {
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(living())
                        .as("processes left behind by %s", context.getDisplayName())
                        .isEmpty());
    }

    private static List<String> living() {
        return Stream.concat(
                        ProcessHandle.current().descendants(),
                        ProcessHandle.allProcesses().filter(NoProcessLeft::isMarked))
                .filter(ProcessHandle::isAlive)
                .distinct()
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(VARIABLE + "=" + MARK);
        } catch (IOException goneOrOthersOrNoLinux) {
            return false;
        }
    }
}
