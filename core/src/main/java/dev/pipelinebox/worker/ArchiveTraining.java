package dev.pipelinebox.worker;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.protocol.AkkaSettings;
import dev.pipelinebox.protocol.Bootstrap;
import dev.pipelinebox.protocol.FromMaster;
import dev.pipelinebox.protocol.FromWorker;
import dev.pipelinebox.protocol.MasterToWorker;
import dev.pipelinebox.protocol.PayloadCodec;
import dev.pipelinebox.protocol.TaskEnvelope;
import dev.pipelinebox.protocol.WorkerToMaster;
import dev.pipelinebox.protocol.WorkerType;
import java.util.List;
import java.util.Map;

/**
 * The main class of the JVM from which the class-data archive is made: it lives the life of a worker once, with both
 * sides in one process, so that the classes of a start, a task and an end are loaded, and exits.
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
        Lifeline.hold(System.in);
        Lifeline.watch(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
        Thread limit = new Thread(ArchiveTraining::endAfterAll, "pipelinebox-training-limit");
        limit.setDaemon(true);
        limit.start();
        AkkaSettings.start(master(), AkkaSettings.SYSTEM_NAME, AkkaSettings.master(Map.of()));
    }

    private static Behavior<FromWorker> master() {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
            String self = ActorRefResolver.get(context.getSystem()).toSerializationFormat(context.getSelf());
            startWorker(self);
            return waitForConnection();
        });
    }

    private static Behavior<FromWorker> waitForConnection() {
        return Behaviors.receiveMessage(frame -> {
            if (frame.body() instanceof WorkerToMaster.Connected connected) {
                return waitForReady(connected.ref());
            }
            return Behaviors.same();
        });
    }

    private static Behavior<FromWorker> waitForReady(ActorRef<FromMaster> worker) {
        return Behaviors.receiveMessage(frame -> {
            if (frame.body() instanceof WorkerToMaster.Ready) {
                PayloadCodec codec = new PayloadCodec(WorkerType.of(Echo.class), 1 << 20);
                byte[] payload = codec.writeArgument("a task");
                worker.tell(new FromMaster(
                        1, frame.seq(), new MasterToWorker.Tasks(List.of(new TaskEnvelope(1, 1, payload)))));
                return waitForOutcome(worker, codec);
            }
            return Behaviors.same();
        });
    }

    private static Behavior<FromWorker> waitForOutcome(ActorRef<FromMaster> worker, PayloadCodec codec) {
        return Behaviors.receiveMessage(frame -> {
            if (frame.body() instanceof WorkerToMaster.Done done) {
                codec.readResult(done.outcomes().get(0).payload());
                worker.tell(new FromMaster(2, frame.seq(), new MasterToWorker.Stop(false)));
            } else if (frame.body() instanceof WorkerToMaster.Stopped) {
                worker.tell(new FromMaster(0, frame.seq(), null));
            }
            return Behaviors.same();
        });
    }

    private static void startWorker(String masterRef) {
        Bootstrap bootstrap = new Bootstrap(
                0,
                1,
                "training",
                masterRef,
                ProcessHandle.current().pid(),
                Echo.class.getName(),
                null,
                new Bootstrap.Settings(10_000, 512, 1 << 20, 1 << 20, Bootstrap.Wear.NEVER, Map.of()));
        Host host = new OwnProcess();
        WorkerSystem system = WorkerSystem.start(bootstrap.prelude(), host);
        TaskRunner runner = new TaskRunner(bootstrap, host);
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
