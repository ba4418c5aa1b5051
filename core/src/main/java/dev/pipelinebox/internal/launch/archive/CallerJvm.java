package dev.pipelinebox.internal.launch.archive;

import dev.pipelinebox.internal.launch.ArchiveKind;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The JVM of the user's program, as far as its own class-data archive is concerned.
 *
 * @param java its Java installation
 * @param arguments those of the JVM, from the command line, argument files and variables
 * @param classPath its entries, in order
 * @param library where this library was loaded from; empty if that is no file
 */
record CallerJvm(JavaHome java, List<String> arguments, List<Path> classPath, Optional<Path> library) {

    /** Arguments with which the JVM makes an archive itself, or uses none. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "-XX:\\+AutoCreateSharedArchive"
                    + "|-XX:(ArchiveClassesAtExit|AOTCacheOutput|AOTConfiguration)=.*|-XX:AOTMode=(off|record|create)|-Xshare:(off|dump)");

    /** Arguments that decide how objects are laid out in memory. An archive fits JVMs with the same layout only. */
    private static final Pattern LAYOUT = Pattern.compile("-XX:[+-]Use(\\w+GC|Compressed\\w+|CompactObjectHeaders)");

    /** So do these, but only where a heap is too large for short pointers. */
    private static final Pattern HEAP = Pattern.compile("-Xmx.*|-XX:(MaxHeapSize|MaxRAM\\w*)=.*");

    /** This one. The first call in a JVM loads its management classes, which takes some 50 ms. */
    static CallerJvm current() {
        return new CallerJvm(
                new JavaHome(Path.of(System.getProperty("java.home"))),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(Path::of)
                        .toList(),
                CodeEntries.sourceOf(CallerJvm.class));
    }

    boolean usesArchive() {
        return JvmFlags.choosesArchive(arguments);
    }

    /** What the user can add to the command line. */
    String advice() {
        return java.archiveKind().uses() + "pipelinebox.jsa";
    }

    /** The archive that the library has to make: one that the command line names, unless the JVM makes it. */
    Optional<ClassDataArchive> archive() {
        if (arguments.stream().anyMatch(NOT_OURS.asMatchPredicate())) {
            return Optional.empty();
        }
        return Stream.of(ArchiveKind.values())
                .flatMap(kind -> named(kind).stream())
                .findFirst();
    }

    private Optional<ClassDataArchive> named(ArchiveKind kind) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(kind.uses()))
                .reduce((first, last) -> last)
                .map(argument -> argument.substring(kind.uses().length()))
                .filter(file -> !file.isEmpty() && !file.contains(File.pathSeparator))
                .flatMap(file -> archive(kind, Path.of(file).toAbsolutePath()));
    }

    /** Jars that follow a folder cannot be in an archive. */
    private Optional<ClassDataArchive> archive(ArchiveKind kind, Path file) {
        List<Path> jars = classPath.stream()
                .takeWhile(entry -> !Files.isDirectory(entry))
                .filter(Files::exists)
                .toList();
        if (jars.stream().noneMatch(this::isLibrary)) {
            if (Files.notExists(file)) {
                LoggerFactory.getLogger(CallerJvm.class)
                        .warn(
                                "The class-data archive {} is not made: start the program with the jars of the library"
                                        + " on its class path, before all folders",
                                file);
            }
            return Optional.empty();
        }
        List<String> layout =
                arguments.stream().filter(LAYOUT.asMatchPredicate()).toList();
        List<String> training = arguments.stream()
                .filter(LAYOUT.asMatchPredicate().or(HEAP.asMatchPredicate()))
                .toList();
        try {
            NamedArchive named = new NamedArchive(file, Fingerprint.of(java.home(), layout, jars));
            return Optional.of(new ClassDataArchive(
                    named,
                    new TrainingJvm(java, kind, training, CodeEntries.join(jars), ClassDataArchive.CALLER_TRAINING)));
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(CallerJvm.class).debug("No class-data archive", unreadable);
            return Optional.empty();
        }
    }

    /** The path of one of them may go over a symbolic link. */
    private boolean isLibrary(Path jar) {
        try {
            return library.isPresent() && Files.isSameFile(library.get(), jar);
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(CallerJvm.class).debug("{} cannot be read", jar, unreadable);
            return false;
        }
    }
}
