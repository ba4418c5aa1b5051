package dev.pipelinebox.internal.os;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** What some systems have and others lack. It is found out by trying, and not by the name of the system. */
public enum Capability {
    /** Files that tell of each process its environment, its memory and its whole command line. */
    PROCESS_FILES(() -> Files.isReadable(Path.of("/proc/self/environ"))),

    /** Exit codes that tell which signal ended a process. */
    EXIT_SIGNALS(Capability::hasPosixSignals),

    /** Files with permissions for their owner alone. */
    FILE_PERMISSIONS(
            () -> FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));

    /** A system property that names capabilities, with commas between, which a JVM is to do without; for tests. */
    public static final String WITHOUT = "dev.pipelinebox.without";

    private final boolean found;

    Capability(BooleanSupplier probe) {
        this.found = probe.getAsBoolean();
    }

    /** Whether this system has it. */
    public boolean isThere() {
        return found
                && !Arrays.asList(System.getProperty(WITHOUT, "").split(",")).contains(name());
    }

    /** By reflection, because it cannot be named without a compiler warning. */
    private static boolean hasPosixSignals() {
        try {
            Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance("KILL");
            return true;
        } catch (ReflectiveOperationException unknownSignal) {
            return false;
        }
    }
}
