package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.launch.ArchiveKind;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import dev.pipelinebox.internal.os.LockedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that loads the classes of an archive and writes it at its end.
 *
 * @param java the Java installation that uses the archive later
 * @param kind the form of the archive
 * @param arguments of the JVM
 * @param classPath what the class path of the later JVM begins with; it has jars only
 * @param mainClass what it runs; it gets a private directory, and ends when its standard input does
 */
record TrainingJvm(JavaHome java, ArchiveKind kind, List<String> arguments, String classPath, String mainClass) {

    /** Where it writes while it works; the caller removes them. */
    static List<Path> filesOf(Path archive) {
        return List.of(archive, Path.of(archive + ".config"));
    }

    Process start(Path archive, LockedDirectory directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.executable().toString());
        command.addAll(arguments);
        command.add(kind.makes() + archive);
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.add(directory.path().toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // They may name an archive, and then none can be made.
        builder.environment().keySet().removeAll(JvmFlags.VARIABLES);
        // If it is killed, all that it leaves is in the one temporary directory that is tidied afterwards.
        builder.environment().remove("XDG_RUNTIME_DIR");
        return builder.start();
    }
}
