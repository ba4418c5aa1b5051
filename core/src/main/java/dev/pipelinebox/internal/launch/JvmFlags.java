package dev.pipelinebox.internal.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The arguments that workers get, and the JVM that makes their class-data archive. */
public final class JvmFlags {

    /** The variables of the environment from which a JVM, or its launcher, reads arguments. */
    public static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * How many times more often than usual a method runs until it is compiled. By default a start compiles much that it does
     * not use again, which takes half of its processor time. Tasks that parse JSON had caught up after a second, but for 5 %.
     */
    private static final int PATIENCE_OF_COMPILERS = 5;

    /** Arguments that say which archive of classes to use, or may say so in a file, and bear no other word on it. */
    private static final Pattern ARCHIVE =
            Pattern.compile("-Xshare:.*|-XX:(SharedArchiveFile|SharedClassListFile|ArchiveClassesAtExit"
                    + "|DumpLoadedClassList|AOT\\w+|Flags|VMOptionsFile)=.*|@.*");

    private JvmFlags() {}

    /** Whether these arguments say, or may say in a file, which class-data archive is used or made. */
    public static boolean choosesArchive(List<String> arguments) {
        return arguments.stream().anyMatch(ARCHIVE.asMatchPredicate());
    }

    /** The arguments for a small and quick start, and against a half-dead process. */
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
