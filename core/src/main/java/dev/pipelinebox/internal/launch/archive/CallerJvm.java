package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.launch.CodeEntries;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The JVM of the user's program, as far as its own class-data archive is concerned.
 *
 * @param java its Java installation
 * @param arguments those of the JVM, from the command line, argument files and variables
 * @param classPath its entries, in order
 */
record CallerJvm(JavaHome java, List<String> arguments, List<Path> classPath) {

    private static final String FILE = "-XX:SharedArchiveFile=";

    /** The first version that makes the archive by itself: JDK-8261455. */
    private static final int FIRST_WITH_AUTO_CREATE = 19;

    /** This one. The first call in a JVM loads its management classes, which takes some 50 ms. */
    static CallerJvm current() {
        return new CallerJvm(
                new JavaHome(Path.of(System.getProperty("java.home"))),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(Path::of)
                        .toList());
    }

    boolean usesArchive() {
        return JvmFlags.choosesArchive(arguments);
    }

    /** What the user can add to the command line. */
    String advice() {
        String file = FILE + "pipelinebox.jsa";
        return createsItself() ? "-XX:+AutoCreateSharedArchive " + file : file;
    }

    /** The archive that the library has to make: one that the command line names, where the JVM does not make it. */
    Optional<ClassDataArchive> archive() {
        if (createsItself()) {
            return Optional.empty();
        }
        return arguments.stream()
                .filter(argument -> argument.startsWith(FILE))
                .reduce((first, last) -> last)
                .map(argument -> argument.substring(FILE.length()))
                .filter(file -> !file.isEmpty() && !file.contains(File.pathSeparator))
                .flatMap(file -> archive(Path.of(file).toAbsolutePath()));
    }

    /** Jars that follow a folder cannot be in an archive. */
    private Optional<ClassDataArchive> archive(Path file) {
        List<Path> jars = classPath.stream()
                .takeWhile(entry -> !Files.isDirectory(entry))
                .filter(Files::exists)
                .toList();
        if (jars.stream().noneMatch(CodeEntries::isCore)) {
            LoggerFactory.getLogger(CallerJvm.class)
                    .warn(
                            "The class-data archive {} is not made, since {}",
                            file,
                            "the jars of the library have to come before all folders on the class path");
            return Optional.empty();
        }
        TrainingJvm training =
                new TrainingJvm(java, List.of(), CodeEntries.join(jars), ClassDataArchive.CALLER_TRAINING);
        return Optional.of(new ClassDataArchive(new NamedArchive(file, jars), training));
    }

    private boolean createsItself() {
        return java.feature() >= FIRST_WITH_AUTO_CREATE;
    }
}
