package dev.pipelinebox.launch;

import dev.pipelinebox.api.WorkerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the command line of a worker JVM together. */
final class CommandLine {

    static final String MAIN_CLASS = "dev.pipelinebox.worker.WorkerMain";

    private CommandLine() {}

    static List<String> of(
            JavaHome java, LaunchSettings settings, WorkerOptions options, Path directory, Optional<Path> archive) {
        List<String> user = new ArrayList<>(settings.jvmArguments());
        user.addAll(options.jvmArguments());
        List<String> command = new ArrayList<>();
        command.add(java.executable().toString());
        command.addAll(own(java, user));
        command.add("-XX:ErrorFile=" + PrivateDirectory.errorFilePattern(directory));
        archive.ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
        options.heapBytes().or(settings::heapBytes).ifPresent(bytes -> command.add("-Xmx" + bytes));
        command.addAll(user);
        command.add("@" + PrivateDirectory.argumentFile(directory));
        command.add(MAIN_CLASS);
        return command;
    }

    /** The arguments that every JVM of ours gets: a small and quick start, and no half-dead process. */
    static List<String> own(JavaHome java, List<String> user) {
        List<String> own = new ArrayList<>();
        if (user.stream().noneMatch(argument -> argument.matches("-XX:\\+Use\\w+GC"))) {
            own.add("-XX:+UseSerialGC");
        }
        own.add("-XX:+ExitOnOutOfMemoryError");
        own.add("-Xshare:auto");
        own.add("-Xlog:disable");
        own.add("-Xlog:all=error:stderr");
        own.add("-Dslf4j.internal.verbosity=ERROR");
        if (java.feature() >= 24) {
            own.add("--sun-misc-unsafe-memory-access=allow");
        }
        return own;
    }

    /** The class path in the form of an argument file: quoted, with backslashes doubled. */
    static String argumentFile(String classPath) {
        return "-cp\n\"" + classPath.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    }
}
