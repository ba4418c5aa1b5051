package dev.pipelinebox.internal.worker;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.socket.SocketLoop;
import dev.pipelinebox.internal.link.socket.SocketServer;
import dev.pipelinebox.internal.link.socket.SocketWorkerLink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of a {@link TaskExchange} that reaches its master over a socket: the thread of the link. It needs no actor
 * system, so the first task does not wait for one.
 */
final class SocketWorker implements SocketWorkerLink.Listener, TaskExchange.Mailbox {

    private final SocketLoop loop;
    private final WorkerEnvironment environment;
    private @Nullable TaskExchange exchange;

    private SocketWorker(SocketLoop loop, WorkerEnvironment environment) {
        this.loop = loop;
        this.environment = environment;
    }

    /**
     * Connects to the master and begins.
     *
     * @param directory of the master's socket
     */
    static void start(
            Bootstrap bootstrap,
            Path directory,
            TaskRunner runner,
            TaskExchange.Membership membership,
            WorkerEnvironment environment) {
        try {
            SocketLoop loop = new SocketLoop("pipelinebox-link");
            SocketWorker worker = new SocketWorker(loop, environment);
            loop.execute(() -> worker.connect(bootstrap, directory, runner, membership));
        } catch (IOException unusable) {
            environment.onUnstartable(unusable);
        }
    }

    private void connect(Bootstrap bootstrap, Path directory, TaskRunner runner, TaskExchange.Membership membership) {
        try {
            SocketWorkerLink link = SocketWorkerLink.connect(
                    SocketServer.address(directory),
                    bootstrap.process(),
                    bootstrap.token().text(),
                    loop,
                    this);
            exchange = new TaskExchange(runner, this, link, membership);
            exchange.begin();
        } catch (IOException | RuntimeException masterGone) {
            environment.onUnstartable(
                    new IOException("The master cannot be reached at " + SocketServer.address(directory), masterGone));
        }
    }

    private TaskExchange exchange() {
        TaskExchange begun = exchange;
        if (begun == null) {
            throw new IllegalStateException("Not connected");
        }
        return begun;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        loop.schedule(task, delay);
    }

    @Override
    public void onMessage(MasterToWorker message) {
        exchange().onMessage(message);
        exchange().afterArrival();
    }

    @Override
    public Optional<TaskEnvelope> onUnreadable(TaskEnvelope task, PayloadException why) {
        return exchange().onUnreadable(task, why);
    }

    @Override
    public void onWritten() {
        exchange().afterEvent();
    }

    @Override
    public void onDisconnected() {
        environment.onMasterLost();
    }
}
