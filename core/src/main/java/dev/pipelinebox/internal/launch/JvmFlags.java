package dev.pipelinebox.internal.launch;

import java.util.ArrayList;
import java.util.List;

/** The arguments that every JVM of the library gets: workers, and the training of the class-data archive. */
public final class JvmFlags {

    /**
     * How many times more often than usual a method runs until it is compiled. By default a start compiles much that it does
     * not use again, which takes half of its processor time. Tasks that parse JSON had caught up after a second, but for 5 %.
     */
    private static final int PATIENCE_OF_COMPILERS = 5;

    private JvmFlags() {}

    /** The arguments that every JVM of ours gets: a small and quick start, and no half-dead process. */
    public static List<String> of(JavaHome java, List<String> user) {
        List<String> own = new ArrayList<>();
        if (user.stream().noneMatch(argument -> argument.matches("-XX:\\+Use\\w+GC"))) {
            own.add("-XX:+UseSerialGC");
            // As G1 has it: a thread that computes in a loop must not hold up the end of its JVM until the loop ends.
            own.add("-XX:+UseCountedLoopSafepoints");
            own.add("-XX:LoopStripMiningIter=1000");
        }
        own.add("-XX:CompileThresholdScaling=" + PATIENCE_OF_COMPILERS);
        own.add("-XX:+ExitOnOutOfMemoryError");
        own.add("-Xlog:disable");
        own.add("-Xlog:all=error:stderr");
        own.add("-Dslf4j.internal.verbosity=ERROR");
        if (java.feature() >= 24) {
            own.add("--sun-misc-unsafe-memory-access=allow");
        }
        return own;
    }
}
