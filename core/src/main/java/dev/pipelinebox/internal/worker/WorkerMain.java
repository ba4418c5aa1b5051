package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.os.InterruptSignal;
import dev.pipelinebox.internal.os.OutOfMemoryScore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The main class of a worker process. It reads what it has to do from standard input, which then stays open: its end
 * means that the application is gone. User code finds its standard input empty.
 */
public final class WorkerMain {

    private WorkerMain() {}

    /**
     * Runs a worker until the master stops it or is gone.
     *
     * @param arguments the directory with what the master gives its processes on disk
     * @throws IOException if standard input does not hold what a master writes
     */
    public static void main(String[] arguments) throws IOException {
        InputStream input = System.in;
        System.setIn(InputStream.nullInputStream());
        leaveInterruptSignalToTheMaster();
        OutOfMemoryScore.raise();
        EarlyBootstrap early = EarlyBootstrap.readFrom(input);
        ParentWatch.removeAtEnd(Path.of(arguments[0]));
        early.settings().directory().ifPresent(ParentWatch::removeAtEnd);
        ParentWatch.watchProcess(early.masterPid());
        WorkerEnvironment environment = new ProcessEnvironment();
        WorkerActorSystem system = WorkerActorSystem.of(early, environment);
        prepare(environment);
        Bootstrap bootstrap = awaitBootstrap(input);
        bootstrap.settings().process().directory().ifPresent(ParentWatch::removeAtEnd);
        TaskRunner runner = new TaskRunner(bootstrap, environment);
        runner.start();
        system.begin(bootstrap, runner);
        ParentWatch.readToTheEnd(input);
    }

    /**
     * What else is needed, before it is known whose worker this is. Logging is not: to set a backend up takes as long as all
     * else, and some workers never log.
     */
    private static void prepare(WorkerEnvironment environment) {
        try {
            PayloadCodec.prepare();
        } catch (Throwable unusable) {
            environment.onUnstartable(unusable);
        }
    }

    /** It comes late if this process was started ahead, and never if the process is not needed. */
    private static Bootstrap awaitBootstrap(InputStream input) throws IOException {
        try {
            return Bootstrap.readFrom(input);
        } catch (EOFException notNeeded) {
            ParentWatch.end();
            throw notNeeded;
        }
    }

    /**
     * Ctrl-C in a terminal reaches every process of the group. The master stops its workers then, in order, so that what
     * is finished is still delivered.
     */
    private static void leaveInterruptSignalToTheMaster() {
        InterruptSignal.handle(() -> {});
    }
}
