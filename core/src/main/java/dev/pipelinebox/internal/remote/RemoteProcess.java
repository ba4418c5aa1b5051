package dev.pipelinebox.internal.remote;

import akka.actor.typed.ActorRef;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.link.host.MasterToHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A worker's process on a host. Thread-safe. */
final class RemoteProcess implements WorkerProcess {

    private static final int UNSEEN_CODE = -1;

    private final long process;
    private final long pid;
    private final String host;
    private final ActorRef<HostSession.Command> session;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();

    RemoteProcess(long process, long pid, String host, ActorRef<HostSession.Command> session) {
        this.process = process;
        this.pid = pid;
        this.host = host;
        this.session = session;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public CompletionStage<Void> onEnd() {
        return end.minimalCompletionStage();
    }

    @Override
    public CompletionStage<WorkerExit> onExit() {
        return exit.minimalCompletionStage();
    }

    @Override
    public void assign(int workerIndex) {
        session.tell(new HostSession.Command.Send(new MasterToHost.Assign(process, workerIndex)));
    }

    @Override
    public void kill(String reason) {
        session.tell(new HostSession.Command.Send(new MasterToHost.Kill(process, reason)));
    }

    void ended() {
        end.complete(null);
    }

    void exited(WorkerExit how) {
        end.complete(null);
        exit.complete(how);
    }

    /** Its host is gone, and with it the process; how that ended is not known. */
    void lost(String cause) {
        exited(new WorkerExit(
                pid, UNSEEN_CODE, WorkerExit.Cause.UNSEEN, "its host was lost: " + cause, "", "", "", host));
    }
}
