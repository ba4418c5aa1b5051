package dev.pipelinebox.worker;

import akka.actor.typed.ActorSystem;
import dev.pipelinebox.protocol.AkkaSettings;
import dev.pipelinebox.protocol.Bootstrap;
import dev.pipelinebox.protocol.CtrlC;
import java.io.IOException;
import java.io.InputStream;

/**
 * The main class of a worker process. It reads what it has to do from standard input, which then stays open as the
 * lifeline to the caller; user code finds its standard input empty.
 */
public final class WorkerMain {

    private WorkerMain() {}

    /**
     * Runs a worker until the master stops it or is gone.
     *
     * @param arguments none
     * @throws IOException if standard input does not hold what a master writes
     */
    public static void main(String[] arguments) throws IOException {
        InputStream lifeline = System.in;
        System.setIn(InputStream.nullInputStream());
        leaveCtrlCToTheMaster();
        Bootstrap bootstrap = Bootstrap.readFrom(lifeline);
        bootstrap.settings().folder().ifPresent(Lifeline::share);
        Lifeline.hold(lifeline, bootstrap.masterPid());
        Host host = new OwnProcess();
        TaskRunner runner = new TaskRunner(bootstrap, host);
        runner.start();
        try {
            ActorSystem.create(
                            WorkerActor.create(bootstrap, runner, host),
                            bootstrap.settings().cluster().system(),
                            AkkaSettings.worker(bootstrap))
                    .getWhenTerminated()
                    .thenRun(Lifeline::end);
        } catch (Throwable unstartable) {
            Thread main = Thread.currentThread();
            main.getUncaughtExceptionHandler().uncaughtException(main, unstartable);
            Runtime.getRuntime().halt(1);
        }
    }

    /**
     * Ctrl-C in a terminal reaches every process of the group. The master stops its workers then, in order, so that what
     * is finished is still delivered.
     */
    private static void leaveCtrlCToTheMaster() {
        CtrlC.handle(() -> {});
    }
}
