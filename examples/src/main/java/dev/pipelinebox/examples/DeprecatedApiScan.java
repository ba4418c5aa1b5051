package dev.pipelinebox.examples;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.ProgressListener;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.examples.scan.JarReport;
import dev.pipelinebox.examples.scan.ScanWorker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * A real job: which of your jars use Java API that is deprecated for removal? Each worker process first reads the
 * deprecations of the running JDK, then scans jar after jar. The result is that of {@code jdeprscan --for-removal}.
 */
public final class DeprecatedApiScan {

    private static final int SCANNED = 0;
    private static final int INCOMPLETE = 1;
    private static final int BAD_ARGUMENTS = 2;

    private static final String HELP = """
            Which of your jars use Java API that is deprecated for removal?

            Usage: java -cp CLASSPATH dev.pipelinebox.examples.DeprecatedApiScan [--workers N] [JAR or FOLDER]...

            Folders are searched for *.jar, with all the folders in them. If nothing is named, the jars
            of the class path are scanned. Each jar is scanned by itself against the JDK that runs this,
            as "jdeprscan --for-removal JAR" does it.

              --workers N  how many worker processes share the jars
                           (default: one for each processor; never more than there are jars)
              --help       print this text

            Exit code: 0  all was scanned, whatever was found
                       1  some jar, or a class file in one, could not be read; all the rest was scanned
                       2  the arguments were wrong, and nothing was scanned
            """;

    private DeprecatedApiScan() {}

    /**
     * Runs the scan and ends the process with its exit code.
     *
     * @param args options, jars and folders; see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(HELP);
            return SCANNED;
        }
        ScanArguments arguments;
        try {
            arguments = ScanArguments.parse(args, System.getProperty("java.class.path"));
        } catch (IllegalArgumentException e) {
            err.println("DeprecatedApiScan: " + e.getMessage() + " (--help tells more)");
            return BAD_ARGUMENTS;
        }
        long start = System.nanoTime();
        ScanOutcome outcome = scan(arguments, err);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        outcome.table().forEach(out::println);
        outcome.summary(time).forEach(out::println);
        outcome.complaints().forEach(err::println);
        return outcome.complaints().isEmpty() ? SCANNED : INCOMPLETE;
    }

    private static ScanOutcome scan(ScanArguments arguments, PrintStream err) {
        ScanOutcome outcome = new ScanOutcome(arguments.jars());
        ProgressListener progress = onTerminal() ? counter(err) : (done, total) -> {};
        progress.onProgress(0, arguments.jars().size());
        try (Master<String, JarReport> master =
                Master.of(ScanWorker.class).progress(progress).start()) {
            for (int i = 0; i < arguments.workers(); i++) {
                master.addWorker();
            }
            for (TaskResult<JarReport> result : master.runAll(arguments.jars())) {
                outcome.add(result);
            }
        }
        return outcome;
    }

    /** On JDK 22 to 24 this is always true: then the line is also drawn without a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null;
    }

    /** One line on the terminal, drawn anew at each result. */
    private static ProgressListener counter(PrintStream err) {
        return (done, total) -> {
            err.print("\r" + done + " of " + total + " jars" + (done == total ? "\n" : ""));
            err.flush();
        };
    }
}
