package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Classes in the form in which a JVM maps them instead of loading them; it halves the start. Thread-safe.
 *
 * @param location where it is kept
 * @param training the JVM that makes it
 */
public record ClassDataArchive(ArchiveLocation location, TrainingJvm training) {

    static final String WORKER_TRAINING = "dev.pipelinebox.internal.worker.ArchiveTraining";
    static final String CALLER_TRAINING = "dev.pipelinebox.internal.runtime.CallerTraining";

    /**
     * The archive of the workers: one for each Java installation and set of jars, in the user's cache directory. Empty if the
     * library is not in a jar, as in its own build, since none can be made.
     */
    public static Optional<ClassDataArchive> ofWorkers(
            Path directory, Path javaHome, List<Path> jars, UserPrincipal user) {
        if (jars.stream().noneMatch(CodeEntries::isCore)) {
            return Optional.empty();
        }
        JavaHome java = new JavaHome(javaHome);
        try {
            ArchiveStore location = new ArchiveStore(directory, Fingerprint.of(javaHome, List.of(), jars), user);
            TrainingJvm training = new TrainingJvm(
                    java, java.archiveKind(), JvmFlags.of(java, List.of()), CodeEntries.join(jars), WORKER_TRAINING);
            return Optional.of(new ClassDataArchive(location, training));
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(ClassDataArchive.class).debug("No class-data archive", unreadable);
            return Optional.empty();
        }
    }

    /** The archive, if it has been made; asking for it counts as its use. */
    public Optional<Path> file() {
        return location.find();
    }
}
