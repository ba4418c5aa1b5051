package dev.pipelinebox.internal.host;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.api.WorkerStartException;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.WorkerProcess;
import dev.pipelinebox.internal.launch.local.LocalStarter;
import dev.pipelinebox.internal.launch.local.WorkerCode;
import dev.pipelinebox.internal.link.host.MasterToHost;
import dev.pipelinebox.internal.link.relay.RelayActor;
import dev.pipelinebox.internal.link.socket.SocketServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The workers of one master on this host. Used by one actor. */
final class HostWorkers implements AutoCloseable {

    private final ActorContext<Object> context;
    private final LaunchSettings settings;
    private final LocalStarter starter;
    private final SocketServer sockets;
    private final Path directory;
    private final Map<Long, Worker> all = new HashMap<>();

    private static final class Worker {

        private final ActorRef<RelayActor.Command> relay;
        private boolean isKilled;
        private String killReason = "";
        private Optional<WorkerProcess> process = Optional.empty();
        private Optional<WorkerExit> exit = Optional.empty();

        private Worker(ActorRef<RelayActor.Command> relay) {
            this.relay = relay;
        }
    }

    private HostWorkers(
            ActorContext<Object> context,
            LaunchSettings settings,
            LocalStarter starter,
            SocketServer sockets,
            Path directory) {
        this.context = context;
        this.settings = settings;
        this.starter = starter;
        this.sockets = sockets;
        this.directory = directory;
    }

    /**
     * None runs yet.
     *
     * @param code is closed with this
     * @throws IOException if there is no place for what workers need
     */
    static HostWorkers of(
            ActorContext<Object> context, HostSetup setup, MasterToHost.ProcessOptions defaults, WorkerCode code)
            throws IOException {
        Path directory = Files.createTempDirectory("pipelinebox-host-");
        LaunchSettings settings = new LaunchSettings(
                setup.javaHome(),
                defaults.jvmArguments(),
                Optional.of(defaults.heapBytes()).filter(bytes -> bytes > 0),
                Optional.of(defaults.processors()).filter(count -> count > 0),
                Optional.of(directory),
                Optional.of(setup.cache()),
                setup.cache());
        ActorRef<Object> self = context.getSelf();
        SocketServer sockets = SocketServer.open()
                .orElseThrow(() -> new IOException("no Unix domain socket can be opened for workers; give a directory"
                        + " with a short path in XDG_RUNTIME_DIR"));
        LocalStarter starter = new LocalStarter(settings, code, printing(self, false), printing(self, true));
        return new HostWorkers(context, settings, starter, sockets, directory);
    }

    private static Supplier<PrintStream> printing(ActorRef<Object> self, boolean toErr) {
        PrintStream stream =
                new PrintStream(new ForwardedOutput(bytes -> self.tell(new HostCommand.Printed(toErr, bytes))));
        return () -> stream;
    }

    void launch(MasterToHost.Launch launch) {
        ActorRef<Object> self = context.getSelf();
        long process = launch.process();
        CompletionStage<WorkerProcess> launching;
        try {
            Bootstrap bootstrap = Bootstrap.readJson(launch.bootstrap());
            WorkerOptions options = options(launch.options());
            starter.check(options);
            ActorRef<RelayActor.Command> relay = context.spawnAnonymous(RelayActor.create(
                    new RelayActor.Worker(process, bootstrap.token().text(), bootstrap.masterRef()),
                    sockets,
                    why -> self.tell(new HostCommand.Broken(process, why))));
            context.watchWith(relay, new HostCommand.Relayed(process));
            all.put(process, new Worker(relay));
            launching = starter.start(
                    bootstrap.onHost(ProcessHandle.current().pid()).connectingIn(sockets.directory()), options);
        } catch (IOException | IllegalArgumentException unstartable) {
            self.tell(new HostCommand.Launched(
                    process, null, new WorkerStartException(String.valueOf(unstartable.getMessage()), unstartable)));
            return;
        }
        launching.whenComplete((running, problem) -> self.tell(new HostCommand.Launched(process, running, problem)));
    }

    private WorkerOptions options(MasterToHost.ProcessOptions wire) {
        WorkerOptions options =
                WorkerOptions.defaults().withJvmArguments(wire.jvmArguments()).withEnvironment(wire.environment());
        options = wire.heapBytes() > 0 ? options.withHeap(wire.heapBytes()) : options;
        options = wire.processors() > 0 ? options.withProcessors(wire.processors()) : options;
        options = wire.directory().isEmpty() ? options : options.withDirectory(Path.of(wire.directory()));
        Path java = wire.javaHome().isEmpty() ? settings.javaHome() : Path.of(wire.javaHome());
        return options.withJavaHome(java);
    }

    /** Its process runs. One that was killed meanwhile is killed now. */
    void onLaunched(long process, WorkerProcess running) {
        Worker worker = all.get(process);
        ActorRef<Object> self = context.getSelf();
        running.onEnd().thenRun(() -> self.tell(new HostCommand.Ended(process)));
        running.onExit().thenAccept(exit -> self.tell(new HostCommand.Exited(process, exit)));
        if (worker != null) {
            worker.process = Optional.of(running);
            if (worker.isKilled) {
                running.kill(worker.killReason);
            }
        }
    }

    void onNotLaunched(long process) {
        Worker worker = all.remove(process);
        if (worker != null) {
            context.unwatch(worker.relay);
            context.stop(worker.relay);
        }
    }

    /** The relay goes on until the master has all that came from it. */
    void onExited(long process, WorkerExit exit) {
        Worker worker = all.get(process);
        if (worker != null) {
            worker.exit = Optional.of(exit);
            worker.relay.tell(RelayActor.Command.ProcessExited.NOW);
        }
    }

    Optional<WorkerExit> onRelayed(long process) {
        Worker worker = all.remove(process);
        return worker == null ? Optional.empty() : worker.exit;
    }

    void assign(long process, int index) {
        Optional.ofNullable(all.get(process))
                .flatMap(worker -> worker.process)
                .ifPresent(running -> running.assign(index));
    }

    void kill(long process, String reason) {
        Worker worker = all.get(process);
        if (worker != null) {
            worker.isKilled = true;
            worker.killReason = reason;
            worker.process.ifPresent(running -> running.kill(reason));
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Ends all workers at once. */
    @Override
    public void close() {
        starter.close();
        sockets.close();
        removeDirectory();
    }

    private void removeDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stays) {
            context.getLog().debug("The directory of workers stays behind", stays);
        }
    }
}
