package dev.pipelinebox.internal.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.bootstrap.Bootstrap;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.bootstrap.DemandLimits;
import dev.pipelinebox.internal.bootstrap.OneTimeToken;
import dev.pipelinebox.internal.bootstrap.WorkerSettings;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.WorkerClass;
import dev.pipelinebox.internal.link.artery.MasterFrame;
import dev.pipelinebox.internal.link.artery.WorkerFrame;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import java.util.List;
import java.util.Map;

/**
 * The main class of the JVM from which the class-data archive is made. It runs a worker from start to end once, with both
 * ends of the link in one process, so that the classes of a start, a task and an end are loaded, and exits.
 */
public final class ArchiveTraining {

    private static final long LONGEST_MILLIS = 30_000;

    private ArchiveTraining() {}

    /** The worker of the training. */
    public static final class Echo implements Worker<String, String> {

        /** Builds it. */
        public Echo() {}

        @Override
        public String runTask(String argument) {
            return argument;
        }
    }

    /**
     * Runs the training.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        ParentWatch.watchInput(System.in);
        ParentWatch.watchProcess(
                ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
        Thread limit = new Thread(ArchiveTraining::endAfterAll, "pipelinebox-training-limit");
        limit.setDaemon(true);
        limit.start();
        ActorSystemSettings.start(master(), ClusterSpec.SYSTEM_NAME, ActorSystemSettings.master(Map.of()));
    }

    private static Behavior<WorkerFrame> master() {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            String self = ActorRefResolver.get(context.getSystem()).toSerializationFormat(context.getSelf());
            startWorker(self);
            return waitForConnection(ActorRefResolver.get(context.getSystem()));
        });
    }

    private static Behavior<WorkerFrame> waitForConnection(ActorRefResolver resolver) {
        return Behaviors.receiveMessage(frame -> {
            if (frame.body() instanceof WorkerToMaster.Connected connected) {
                return waitForReady(resolver.resolveActorRef(connected.address()));
            }
            return Behaviors.same();
        });
    }

    private static Behavior<WorkerFrame> waitForReady(ActorRef<MasterFrame> worker) {
        return Behaviors.receiveMessage(frame -> {
            if (frame.body() instanceof WorkerToMaster.Ready) {
                PayloadCodec codec = new PayloadCodec(WorkerClass.of(Echo.class), 1 << 20);
                byte[] payload = codec.writeArgument("a task");
                worker.tell(new MasterFrame(
                        1, frame.seq(), new MasterToWorker.Tasks(List.of(new TaskEnvelope(1, 1, payload)))));
                return waitForOutcome(worker, codec);
            }
            return Behaviors.same();
        });
    }

    private static Behavior<WorkerFrame> waitForOutcome(ActorRef<MasterFrame> worker, PayloadCodec codec) {
        return Behaviors.receiveMessage(frame -> {
            if (frame.body() instanceof WorkerToMaster.Done done) {
                codec.readResult(done.outcomes().get(0).payload());
                worker.tell(new MasterFrame(2, frame.seq(), new MasterToWorker.Stop(false)));
            } else if (frame.body() instanceof WorkerToMaster.Stopped) {
                worker.tell(new MasterFrame(0, frame.seq(), null));
            }
            return Behaviors.same();
        });
    }

    private static void startWorker(String masterRef) {
        Bootstrap bootstrap = new Bootstrap(
                0,
                1,
                new OneTimeToken("training"),
                masterRef,
                ProcessHandle.current().pid(),
                Echo.class.getName(),
                null,
                WorkerSettings.of(new DemandLimits(10_000, 512, 1 << 20), 1 << 20));
        WorkerEnvironment environment = new ProcessEnvironment();
        WorkerActorSystem system = WorkerActorSystem.start(bootstrap.early(), environment);
        TaskRunner runner = new TaskRunner(bootstrap, environment);
        runner.start();
        system.begin(bootstrap, runner);
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
