package dev.pipelinebox.internal.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.NoWorkerException;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.event.TaskEvents;
import dev.pipelinebox.internal.schedule.Quarantine;
import dev.pipelinebox.internal.schedule.Scheduler;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How tasks that come to no end in a worker are reported: each once, and those of one caller together. */
class OutcomePublisherTest {

    private static final int MANY = 10_000;

    private final List<String> told = new ArrayList<>();
    private final List<List<Long>> deliveries = new ArrayList<>();
    private final OutcomePublisher reporter =
            new OutcomePublisher(new Events(), Runnable::run, new Quarantine(100, 1 << 20));
    private final OutcomeSink caller = new Caller();

    private final class Events implements TaskEvents {
        @Override
        public boolean areHeard() {
            return true;
        }

        @Override
        public void onEvent(PoolEvent event) {
            told.add(event.getClass().getSimpleName());
        }
    }

    private final class Caller implements OutcomeSink {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            throw new AssertionError("outcomes come in lists");
        }

        @Override
        public void onOutcomes(List<OutcomeBatch> outcomes) {
            deliveries.add(outcomes.stream().map(OutcomeBatch::firstId).toList());
            told.add("delivery");
        }
    }

    @Test
    void whatIsClosedIsDeliveredTogether() {
        areDeliveredTogether(reporter::closed);
    }

    @Test
    void whatIsCancelledIsDeliveredTogether() {
        areDeliveredTogether(reporter::cancelled);
    }

    @Test
    void whatIsRefusedIsDeliveredTogether() {
        areDeliveredTogether(tasks -> reporter.refused(tasks, new NoWorkerException("no worker is left")));
    }

    @Test
    void whatHasWaitedTooLongIsDeliveredTogether() {
        areDeliveredTogether(reporter::expired);
    }

    @Test
    void whatHasLostItsWorkerIsDeliveredTogether() {
        areDeliveredTogether(reporter::unassignable);
    }

    @Test
    void cancelledTasksOfALostWorkerAreDeliveredTogether() {
        areDeliveredTogether(tasks -> reporter.released(new Scheduler.Loss(List.of(), List.of(), tasks, true), 0));
    }

    @Test
    void monitorsAreToldBeforeCallers() {
        reporter.expired(tasks(2));

        assertThat(told).containsExactly("TaskTimedOut", "TaskTimedOut", "delivery");
    }

    private void areDeliveredTogether(Consumer<List<Task>> report) {
        List<Task> tasks = tasks(MANY);

        report.accept(tasks);

        assertThat(deliveries)
                .singleElement()
                .isEqualTo(tasks.stream().map(Task::id).toList());
    }

    private List<Task> tasks(int last) {
        TaskPolicy policy = Policies.attempts(1)
                .with(TaskOptions.defaults().withQueueTimeout(Duration.ofSeconds(1)), KeyCodec::write)
                .onlyOn(1);
        return LongStream.rangeClosed(1, last)
                .mapToObj(id -> new Task(id, null, policy, caller))
                .toList();
    }
}
