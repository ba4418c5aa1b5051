package dev.pipelinebox.internal.runtime;

import dev.pipelinebox.api.HostRequirements;
import dev.pipelinebox.api.InvalidConfigException;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.EarlyBootstrap;
import dev.pipelinebox.internal.bootstrap.ProcessSettings;
import dev.pipelinebox.internal.launch.WorkerStarter;
import dev.pipelinebox.internal.launch.local.LocalStarter;
import dev.pipelinebox.internal.launch.local.WorkerCode;
import dev.pipelinebox.internal.link.socket.SocketServer;
import dev.pipelinebox.internal.master.ProcessFactory;
import dev.pipelinebox.internal.os.StandardStreams;
import dev.pipelinebox.internal.remote.RemoteHosts;
import dev.pipelinebox.internal.worker.inprocess.InProcessStarter;
import java.time.Duration;
import java.util.Optional;

/** How the workers of one master are started: the starter, and what makes starts on this machine quick. Thread-safe. */
final class WorkerLaunch implements AutoCloseable {

    private final WorkerStarter starter;
    /** Empty if workers run in this process. */
    private final Optional<LocalStarter> local;

    private final Optional<SocketServer> sockets;
    private final Optional<RemoteHosts> hosts;

    private WorkerLaunch(
            WorkerStarter starter,
            Optional<LocalStarter> local,
            Optional<SocketServer> sockets,
            Optional<RemoteHosts> hosts) {
        this.starter = starter;
        this.local = local;
        this.sockets = sockets;
        this.hosts = hosts;
        try {
            starter.check(WorkerOptions.defaults());
        } catch (IllegalArgumentException wrong) {
            close();
            throw new InvalidConfigException(
                    "pipelinebox.worker.java-home or pipelinebox.worker.directory: " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Nothing is started yet.
     *
     * @throws InvalidConfigException if no worker can be started with these settings
     */
    static WorkerLaunch of(MasterSettings settings, Class<?> workerClass, HostsOpener opener) {
        if (settings.inProcess()) {
            return new WorkerLaunch(
                    new InProcessStarter(workerClass.getClassLoader()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        LocalStarter local = new LocalStarter(
                settings.launch(),
                WorkerCode.ofCaller(settings.launch(), workerClass),
                StandardStreams::out,
                StandardStreams::err);
        try {
            Optional<RemoteHosts> hosts = opener.open(settings, workerClass);
            return new WorkerLaunch(
                    local, Optional.of(local), settings.unixSocket() ? SocketServer.open() : Optional.empty(), hosts);
        } catch (RuntimeException unopened) {
            local.close();
            throw unopened;
        }
    }

    /** The hosts, if there can be others than this machine. */
    Optional<RemoteHosts> hosts() {
        return hosts;
    }

    /** Starts the first process ahead, if it can only run here. */
    void begin(ProcessSettings settings) {
        if (hosts.isPresent()) {
            return;
        }
        ProcessSettings told = sockets.map(server -> settings.connectingIn(server.lastDirectory()))
                .orElse(settings);
        local.ifPresent(starts -> starts.startAhead(new EarlyBootstrap(
                EarlyBootstrap.FIRST_PROCESS, ProcessHandle.current().pid(), told)));
    }

    /** What is on another machine cannot be looked at from here. */
    void check(WorkerOptions options) {
        if (hosts.isEmpty()) {
            if (!options.requirements().equals(HostRequirements.none())) {
                throw new IllegalArgumentException("The worker asks for " + options.requirements()
                        + ", and this master has no hosts; give it some by MasterBuilder.hosts, or leave that out");
            }
            starter.check(options);
        }
    }

    /** So many workers are going to be added, each of which is {@link #settle settled} later. */
    void announce(int workers) {
        local.ifPresent(starts -> starts.announce(workers));
    }

    /** A worker that was announced has become ready or never will. */
    void settle(int index) {
        local.ifPresent(starts -> starts.settle(index));
    }

    /** Prepares, in the background, what makes the next start quicker. To be called when the first worker is ready. */
    void prepareNextStart() {
        local.ifPresent(LocalStarter::prepareNextStart);
    }

    void awaitPreparation(Duration patience) {
        local.ifPresent(starts -> starts.awaitPreparation(patience));
    }

    /** Kills all processes and waits until they are gone, for some seconds at most. */
    void killAll(String reason) {
        starter.killAll(reason);
    }

    ProcessFactory processes() {
        return ProcessFactory.of(starter, sockets, hosts);
    }

    @Override
    public void close() {
        hosts.ifPresent(RemoteHosts::close);
        starter.close();
        sockets.ifPresent(SocketServer::close);
    }
}
