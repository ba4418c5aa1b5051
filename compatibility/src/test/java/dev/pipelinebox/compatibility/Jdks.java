package dev.pipelinebox.compatibility;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs of this machine. */
final class Jdks {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Jdks() {}

    /** One of this feature release: what a variable such as {@code JAVA_HOME_21_X64} names, or what is installed. */
    static Optional<Path> find(int feature) throws IOException {
        Optional<Path> named = Stream.of("JAVA_HOME_" + feature + "_X64", "JAVA_HOME_" + feature)
                .flatMap(name -> Stream.ofNullable(System.getenv(name)))
                .map(Path::of)
                .findFirst();
        if (named.isPresent() || !Files.isDirectory(INSTALLED)) {
            return named;
        }
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(INSTALLED)) {
            for (Path home : homes) {
                if (feature(home) == feature && Files.isExecutable(home.resolve("bin/java"))) {
                    return Optional.of(home.toRealPath());
                }
            }
        }
        return Optional.empty();
    }

    private static int feature(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            return Runtime.Version.parse(
                            release.getProperty("JAVA_VERSION", "0").replace("\"", ""))
                    .feature();
        } catch (IOException | IllegalArgumentException none) {
            return 0;
        }
    }
}
