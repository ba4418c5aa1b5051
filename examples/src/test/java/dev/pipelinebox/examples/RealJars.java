package dev.pipelinebox.examples;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real jars to scan: of those on the class path some that {@code jdeprscan} is done with in a second or so. */
final class RealJars {

    private static final List<String> NAMES = List.of(
            "agrona-",
            "akka-actor-typed_",
            "akka-cluster-typed_",
            "akka-serialization-jackson_",
            "asm-",
            "asn-one-",
            "config-",
            "jackson-annotations-",
            "jackson-dataformat-cbor-",
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
