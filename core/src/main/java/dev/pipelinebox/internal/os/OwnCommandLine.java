package dev.pipelinebox.internal.os;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** With what this process was started. */
public final class OwnCommandLine {

    private static final Path FILE = Path.of("/proc/self/cmdline");

    private OwnCommandLine() {}

    /** The executable and its arguments; empty where the system does not tell. */
    public static Optional<List<String>> words() {
        if (!Capability.PROCESS_FILES.isThere()) {
            return ofHandle(ProcessHandle.current().info());
        }
        try {
            // Whole, where the JDK gives no more than a page of memory holds.
            return Optional.of(List.of(new String(Files.readAllBytes(FILE), Charset.defaultCharset()).split("\0")));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> ofHandle(ProcessHandle.Info info) {
        return info.command()
                .flatMap(command -> info.arguments()
                        .map(arguments -> Stream.concat(Stream.of(command), Stream.of(arguments))
                                .toList()));
    }
}
