package dev.pipelinebox.internal.runtime;

import com.sun.management.OperatingSystemMXBean;
import dev.pipelinebox.api.HostHandle;
import dev.pipelinebox.api.Hosts;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.internal.hosts.HostChange;
import dev.pipelinebox.internal.hosts.HostFacts;
import dev.pipelinebox.internal.launch.code.CodeCache;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.manifest.LocalCode;
import dev.pipelinebox.internal.launch.code.manifest.ManifestMaker;
import dev.pipelinebox.internal.link.host.Hello;
import dev.pipelinebox.internal.master.MasterCommand;
import dev.pipelinebox.internal.os.StandardStreams;
import dev.pipelinebox.internal.remote.HostEvents;
import dev.pipelinebox.internal.remote.HostsListener;
import dev.pipelinebox.internal.remote.HostsSetup;
import dev.pipelinebox.internal.remote.RemoteHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Opens the master's side of other machines, if the user has asked for them. Thread-safe. */
final class HostsOpener implements HostsListener {

    private final Optional<Hosts> hosts;
    private final CompletableFuture<Consumer<MasterCommand>> master = new CompletableFuture<>();

    HostsOpener(Optional<Hosts> hosts) {
        this.hosts = hosts;
    }

    /**
     * Waits for as many hosts as were asked for.
     *
     * @throws NoWorkerException if they do not join in time
     */
    void await(RemoteHosts opened) {
        hosts.map(Hosts::minimum).ifPresent(minimum -> opened.await(minimum.hosts(), minimum.patience()));
    }

    /** The master's actor is there, and is told what becomes of hosts. */
    void started(Consumer<MasterCommand> actor) {
        master.complete(actor);
    }

    /** Listens; empty if nothing was asked for. */
    Optional<RemoteHosts> open(MasterSettings settings, Class<?> workerClass) {
        return hosts.map(asked -> open(asked, settings, workerClass));
    }

    private RemoteHosts open(Hosts asked, MasterSettings settings, Class<?> workerClass) {
        CodeCache cache = new CodeCache(settings.launch().codeDirectory());
        ManifestMaker maker = new ManifestMaker(settings.launch().codeDirectory());
        Runnable closing = () -> {
            maker.close();
            cache.close();
        };
        try {
            LocalCode code = maker.make(CodeEntries.of(workerClass.getClassLoader(), cache), workerClass);
            return RemoteHosts.listen(asked.listener(), setup(asked, settings, code), closing);
        } catch (IOException unreadable) {
            closing.run();
            throw new UncheckedIOException(
                    "The code of the workers cannot be read to be sent to hosts: " + unreadable.getMessage(),
                    unreadable);
        } catch (RuntimeException unusable) {
            closing.run();
            throw unusable;
        }
    }

    private HostsSetup setup(Hosts asked, MasterSettings settings, LocalCode code) {
        return HostsSetup.of(
                settings.hosts().table(code.manifest().javaVersion()),
                asked.isLocal() ? Optional.of(local(settings)) : Optional.empty(),
                code,
                settings.launch(),
                settings.hosts().startTimeout(),
                StandardStreams::out,
                StandardStreams::err,
                this);
    }

    private static HostFacts local(MasterSettings settings) {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new HostFacts(
                HostHandle.LOCAL,
                "",
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                List.of(new JavaInstallation(
                        settings.launch().javaHome().toString(),
                        Runtime.version().feature(),
                        System.getProperty("java.vendor"))),
                Map.of(),
                Map.of(),
                new HostFacts.Protocol(Hello.PROTOCOL, Hello.PROTOCOL));
    }

    private void tell(MasterCommand command) {
        CompletionStage<Consumer<MasterCommand>> started = master;
        started.thenAccept(actor -> actor.accept(command));
    }

    @Override
    public void onChange(HostChange change) {
        String host = change.host().name();
        if (change instanceof HostChange.Lost lost) {
            tell(new MasterCommand.HostGone(
                    lost.processes(), moved -> new PoolEvent.HostLost(host, lost.cause(), moved)));
        } else if (change instanceof HostChange.Left left) {
            tell(new MasterCommand.HostGone(left.processes(), moved -> new PoolEvent.HostLeft(host, moved)));
        } else {
            HostEvents.of(change).ifPresent(event -> tell(new MasterCommand.HostNews(event)));
        }
    }

    @Override
    public void onDrain(String host, Collection<Long> processes) {
        processes.forEach(process -> tell(new MasterCommand.Retire(process)));
    }

    @Override
    public void onCodeSent(String host, long bytes, Duration took) {
        tell(new MasterCommand.HostNews(new PoolEvent.CodeSent(host, bytes, took)));
    }

    @Override
    public void onUnplaced(int workerIndex, String reason) {
        tell(new MasterCommand.HostNews(new PoolEvent.WorkerUnplaced(workerIndex, reason)));
    }
}
