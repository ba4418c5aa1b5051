package dev.pipelinebox.examples;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real jars to scan: of those on the class path some that {@code jdeprscan} is done with in no time. */
final class RealJars {

    private static final List<String> NAMES = List.of(
            "akka-actor-typed_",
            "akka-coordination_",
            "akka-serialization-jackson_",
            "akka-slf4j_",
            "asm-",
            "asn-one-",
            "jackson-annotations-",
            "jackson-dataformat-cbor-",
            "jackson-datatype-jdk8-",
            "jackson-datatype-jsr310-",
            "logback-classic-",
            "reactive-streams-",
            "slf4j-api-",
            "ssl-config-core_");

    private RealJars() {}

    static List<Path> all() {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(name -> name.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> NAMES.stream()
                        .anyMatch(name -> jar.getFileName().toString().startsWith(name)))
                .toList();
        if (jars.size() != NAMES.size()) {
            throw new AssertionError("Of " + NAMES + " only " + jars + " are on the class path");
        }
        return jars;
    }
}
