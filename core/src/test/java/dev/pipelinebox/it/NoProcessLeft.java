package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.internal.os.ProcessTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test, no process that it started may be left: neither a worker nor what descends from one, even where the
 * process in between is gone.
 */
final class NoProcessLeft implements AfterEachCallback {

    /** What a worker carries that was started by this JVM, or by a program that was started with {@link #MARK}. */
    private static final Pattern OURS = Pattern.compile("\0" + ProcessTree.VARIABLE + "=([^\0]*:)?"
            + ProcessHandle.current().pid() + "\\.");

    /** The mark with which to start a program that starts workers. */
    static final String MARK = ProcessHandle.current().pid() + ".caller";

    @Override
    public void afterEach(ExtensionContext context) {
        check(context.getDisplayName());
    }

    static void check(String test) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(living())
                        .as("processes left behind by %s", test)
                        .isEmpty());
    }

    static List<String> living() {
        return Stream.concat(
                        ProcessHandle.current().descendants(),
                        ProcessHandle.allProcesses().filter(NoProcessLeft::isMarked))
                .filter(ProcessHandle::isAlive)
                .distinct()
                .filter(process -> !process.info()
                        .commandLine()
                        .orElse("")
                        .contains("dev.pipelinebox.internal.worker.ArchiveTraining"))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private static boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), "environ"));
            return OURS.matcher("\0" + new String(environment, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException goneOrOthersOrNoLinux) {
            return false;
        }
    }
}
