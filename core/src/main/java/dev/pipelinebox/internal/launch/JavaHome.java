package dev.pipelinebox.internal.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A Java installation: its executable and its version. */
public record JavaHome(Path home) {

    private static final int FIRST_WITH_CACHE = 25;

    public static JavaHome checked(Path home) {
        JavaHome java = new JavaHome(home);
        if (!Files.isExecutable(java.executable())) {
            throw new IllegalArgumentException("The Java home " + home + " has no executable " + java.executable()
                    + "; give the directory of a JDK or JRE 17 or later by pipelinebox.worker.java-home, or, if the"
                    + " program was packed by jpackage, pack it with --jlink-options that do not have"
                    + " --strip-native-commands");
        }
        return java;
    }

    public Path executable() {
        Path bin = home.resolve("bin");
        Path exe = bin.resolve("java.exe");
        return Files.exists(exe) ? exe : bin.resolve("java");
    }

    /** The form of archive that starts its JVM fastest. */
    public ArchiveKind archiveKind() {
        return feature() >= FIRST_WITH_CACHE ? ArchiveKind.LINKED_CLASSES : ArchiveKind.CLASSES;
    }

    /** The feature release, from the installation's {@code release} file; the caller's own if that has none. */
    public int feature() {
        if (home.equals(Path.of(System.getProperty("java.home")))) {
            return Runtime.version().feature();
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Runtime.Version.parse(version).feature();
        } catch (IOException | IllegalArgumentException unknown) {
            return Runtime.version().feature();
        }
    }
}
