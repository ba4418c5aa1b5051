package dev.pipelinebox.release;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The Maven that runs this build. */
final class Maven {

    /** The local repository of this build. */
    static final Path LOCAL_REPOSITORY = Path.of(System.getProperty("maven.repo.local"));

    private static final Path HOME = Path.of(System.getProperty("maven.home"));

    private Maven() {}

    /** The environment in which it has these JVM arguments too. */
    static Map<String, String> withJvmArguments(String arguments) {
        String given = Objects.requireNonNullElse(System.getenv("MAVEN_OPTS"), "");
        return Map.of("MAVEN_OPTS", given + " -XX:TieredStopAtLevel=1 " + arguments);
    }

    /** A command line that runs it. */
    static List<String> line(Path localRepository, List<String> arguments) {
        return Stream.concat(
                        Stream.of(
                                HOME.resolve("bin/mvn").toString(),
                                "-B",
                                "-q",
                                "-Dmaven.repo.local=" + localRepository),
                        arguments.stream())
                .toList();
    }
}
