package dev.pipelinebox.internal.runtime;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ClusterMembers;
import dev.pipelinebox.internal.submit.input.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * The main class of the JVM that makes the class-data archive of a caller's JVM. It does once what most callers do: it starts
 * a master with a worker process, asks a task, runs some more and closes the master. It exits with 0 only if all of that
 * worked. Then it starts what else a master has that runs for a time. It ends when its parent process does.
 */
public final class CallerTraining {

    private static final int TASKS = 1_000;
    private static final long LONGEST_SECONDS = 60;

    private static final long BETWEEN_LOOKS_MILLIS = 50;
    private static final int MOST_LOOKS = 100;
    private static final String NO_ARCHIVE_OF_ITS_OWN = "pipelinebox.worker.class-data-archive.enabled = false";

    private CallerTraining() {}

    /** An argument and a result that Jackson writes, of types that many programs use. */
    public record Values(int number, String text, List<String> list, Map<String, Long> map, Optional<Double> option) {}

    /** The worker of the training. */
    public static final class Echo implements Worker<Values, Values> {

        /** Builds it. */
        public Echo() {}

        @Override
        public Values runTask(Values argument) {
            return argument;
        }
    }

    /**
     * Runs the training.
     *
     * @param arguments not used
     */
    public static void main(String[] arguments) {
        daemon("pipelinebox-parent-watch", CallerTraining::endWithParent);
        daemon("pipelinebox-training-limit", CallerTraining::endAfterAll);
        try {
            train();
        } catch (Exception notTrained) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void train() throws Exception {
        Config config = ConfigFactory.parseString(NO_ARCHIVE_OF_ITS_OWN);
        MasterListeners listeners = MasterListeners.of(List.of(), false, List.of(), null);
        try (MasterRuntime<Values, Values> master =
                MasterRuntime.start(Echo.class, config, null, listeners, Optional.empty())) {
            master.workers().add(null, WorkerOptions.defaults());
            master.submissions()
                    .ask(values(0), master.client().askAdmission())
                    .toCompletableFuture()
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
            Input<Values> input = Input.of(
                    IntStream.range(0, TASKS).mapToObj(CallerTraining::values).toList());
            try (Results<Values> results = master.runs().start(input, master.submissions())) {
                for (TaskResult<Values> result : results) {
                    result.value();
                }
            }
        }
        startCluster();
    }

    /** What a master does when it has run for a time. Where there can be no cluster, its classes are not needed. */
    private static void startCluster() throws Exception {
        ClusterSystem cluster = new ClusterSystem(ClusterSpec.createPrivate(), Map.of());
        CompletableFuture<ActorSystem<?>> started = new CompletableFuture<>();
        CompletionStage<?> launched = cluster.launch(Behaviors.setup(context -> {
            started.complete(context.getSystem());
            Cluster member = Cluster.get(context.getSystem());
            member.manager().tell(Join.create(member.selfMember().address()));
            return Behaviors.empty();
        }));
        try {
            launched.toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
            for (int look = 0; look < MOST_LOOKS && ClusterMembers.up(started.join()) == 0; look++) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (ExecutionException noCluster) {
            LoggerFactory.getLogger(CallerTraining.class).debug("Trained without a cluster", noCluster);
        }
        cluster.end().toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private static Values values(int number) {
        return new Values(number, "text", List.of("element"), Map.of("key", 1L), Optional.of(1.0));
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // The pipe is gone, and with it the parent.
        }
        Runtime.getRuntime().halt(1);
    }

    private static void endAfterAll() {
        try {
            TimeUnit.SECONDS.sleep(2 * LONGEST_SECONDS);
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
