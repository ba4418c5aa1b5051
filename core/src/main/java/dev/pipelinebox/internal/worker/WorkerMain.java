package dev.pipelinebox.internal.worker;

import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.os.InterruptSignal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The main class of a worker process. It reads what it has to do from standard input, which then stays open as the
 * lifeline to the caller; user code finds its standard input empty.
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
        InputStream lifeline = System.in;
        System.setIn(InputStream.nullInputStream());
        leaveCtrlCToTheMaster();
        EarlyBootstrap prelude = EarlyBootstrap.readFrom(lifeline);
        ParentWatch.share(Path.of(arguments[0]));
        prelude.folder().ifPresent(ParentWatch::share);
        ParentWatch.watch(prelude.masterPid());
        WorkerEnvironment host = new ProcessEnvironment();
        WorkerActorSystem system = WorkerActorSystem.start(prelude, host);
        prepare(host);
        Bootstrap bootstrap = awaitBootstrap(lifeline);
        ParentWatch.hold(lifeline);
        TaskRunner runner = new TaskRunner(bootstrap, host);
        runner.start();
        system.begin(bootstrap, runner);
    }

    /**
     * What else is needed, while the actor system comes up. Logging has to be there before user code is: whoever logs while
     * another thread has SLF4J set up makes it print warnings.
     */
    private static void prepare(WorkerEnvironment host) {
        try {
            LoggerFactory.getILoggerFactory();
            PayloadCodec.prepare();
        } catch (Throwable unusable) {
            host.unstartable(unusable);
        }
    }

    /** It comes late if this process was started ahead, and never if it turns out not to be needed. */
    private static Bootstrap awaitBootstrap(InputStream lifeline) throws IOException {
        try {
            return Bootstrap.readFrom(lifeline);
        } catch (EOFException notNeeded) {
            ParentWatch.end();
            throw notNeeded;
        }
    }

    /**
     * Ctrl-C in a terminal reaches every process of the group. The master stops its workers then, in order, so that what
     * is finished is still delivered.
     */
    private static void leaveCtrlCToTheMaster() {
        InterruptSignal.handle(() -> {});
    }
}
