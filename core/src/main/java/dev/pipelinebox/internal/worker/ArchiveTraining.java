package dev.pipelinebox.internal.worker;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.cluster.ClusterMembers;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.link.LinkEvent;
import dev.pipelinebox.internal.link.MasterLink;
import dev.pipelinebox.internal.link.artery.ArteryMasterLink;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.link.socket.SocketServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the JVM from which the class-data archive is made. It runs a worker from start to end once, with both
 * ends of the link in one process, so that the classes of a start, a task and an end are loaded, and exits.
 */
public final class ArchiveTraining {

    private static final long LONGEST_MILLIS = 120_000;
    private static final long PROCESS = 1;

    /** The master and the worker. */
    private static final int MEMBERS = 2;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** Where no cluster can be formed, an archive without its classes is better than none. */
    private static final int MOST_LOOKS = 200;

    private ArchiveTraining() {}

    /** The worker of the training. */
    public static final class Echo implements Worker<String, String> {

        /** Builds it. */
        public Echo() {}

        @Override
        public String runTask(String argument) {
            if (argument.isEmpty()) {
                throw new IllegalArgumentException("the failure of the training");
            }
            return argument;
        }
    }

    /**
     * Runs the training. The worker runs as in a process of its own, on this thread and from what it is told over standard
     * input, until that ends.
     *
     * @param arguments a private directory, which the caller removes
     * @throws IOException never
     */
    public static void main(String[] arguments) throws IOException {
        Thread limit = new Thread(ArchiveTraining::endAfterAll, "pipelinebox-training-limit");
        limit.setDaemon(true);
        limit.start();
        Optional<SocketServer> server = SocketServer.in(Path.of(arguments[0]));
        CompletableFuture<Bootstrap> worker = new CompletableFuture<>();
        ClusterSpec cluster = ClusterSpec.createPrivate();
        ActorSystemSettings.start(master(cluster, server, worker), cluster, ActorSystemSettings.master(Map.of()));
        System.setIn(new SequenceInputStream(written(worker.join()), System.in));
        WorkerMain.main(arguments);
    }

    private static InputStream written(Bootstrap bootstrap) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bootstrap.early().writeTo(bytes);
        bootstrap.writeTo(bytes);
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static Behavior<Object> master(
            ClusterSpec spec, Optional<SocketServer> server, CompletableFuture<Bootstrap> worker) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            OneTimeToken token = OneTimeToken.create();
            Predicate<String> isToken = shown -> token.matches(new OneTimeToken(shown));
            Training training =
                    new Training(context, cluster.selfMember().address().toString());
            if (server.isPresent()) {
                training.link = server.get().link(PROCESS, isToken, context.getSelf()::tell, training);
                worker.complete(
                        bootstrap(spec, "", token, Optional.of(server.get().lastDirectory())));
            } else {
                ArteryMasterLink link = new ArteryMasterLink(context, event -> event, isToken, training);
                training.link = link;
                worker.complete(bootstrap(spec, link.address(), token, Optional.empty()));
            }
            return Behaviors.receiveMessage(training::onCommand);
        });
    }

    /** Time to see whether the worker's process is a member of the cluster. */
    private enum MembersDue {
        NOW
    }

    /** The master's end of the link: has the worker run two tasks, one of which fails, and join the cluster; then stops it. */
    private static final class Training implements ArteryMasterLink.Listener {

        private final PayloadCodec codec = new PayloadCodec(WorkerClass.of(Echo.class), 1 << 20);
        private final ActorContext<Object> context;
        private final String node;
        private @Nullable MasterLink link;
        private int outcomes;
        private int looks;

        Training(ActorContext<Object> context, String node) {
            this.context = context;
            this.node = node;
        }

        Behavior<Object> onCommand(Object command) {
            if (command instanceof LinkEvent event) {
                link().receive(event);
            } else if (ClusterMembers.up(context.getSystem()) == MEMBERS || looks++ == MOST_LOOKS) {
                link().send(new MasterToWorker.Stop(false));
            } else {
                context.scheduleOnce(BETWEEN_LOOKS, context.getSelf(), MembersDue.NOW);
            }
            return Behaviors.same();
        }

        private MasterLink link() {
            return Objects.requireNonNull(link);
        }

        @Override
        public void onMessage(WorkerToMaster message) {
            if (message instanceof WorkerToMaster.Ready) {
                List<TaskEnvelope> tasks = List.of(
                        TaskEnvelope.of(1, 1, codec.writeArgument("a task")),
                        TaskEnvelope.of(2, 1, codec.writeArgument("")));
                link().send(new MasterToWorker.Tasks(tasks));
                link().send(new MasterToWorker.JoinCluster(node));
            } else if (message instanceof WorkerToMaster.Done done) {
                outcomes += done.outcomes().size();
                if (outcomes == 2) {
                    context.getSelf().tell(MembersDue.NOW);
                }
            }
        }

        @Override
        public Optional<OutcomeEnvelope> onUnreadable(OutcomeEnvelope outcome, PayloadException why) {
            throw why;
        }

        @Override
        public void onUndeliverable(List<Long> taskIds, String explanation) {
            throw new IllegalStateException(explanation);
        }
    }

    private static Bootstrap bootstrap(
            ClusterSpec cluster, String masterRef, OneTimeToken token, Optional<Path> directory) {
        WorkerSettings settings = WorkerSettings.of(cluster, new DemandLimits(10_000, 512, 1 << 20), 1 << 20);
        return new Bootstrap(
                0,
                PROCESS,
                token,
                masterRef,
                ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L),
                Echo.class.getName(),
                null,
                directory.map(settings::connectingIn).orElse(settings));
    }

    private static void endAfterAll() {
        try {
            Thread.sleep(LONGEST_MILLIS);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
