package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import dev.pipelinebox.internal.task.AffinityKey;
import dev.pipelinebox.internal.task.Batches;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of events with tasks that have keys, priorities or a worker of their own: whatever happens, the tasks
 * of a key run in their order and where they belong, nothing idles in vain, and nothing is lost.
 */
class SchedulingOrderPropertyTest {

    private static final int SEQUENCES = 3_000;
    private static final int STEPS = 120;
    private static final long REST = 50;

    @Test
    void theTasksOfAKeyRunInOrderAndWhereTheyBelongWhateverHappens() {
        int retries = 0;
        int removeUnassignable = 0;
        int followers = 0;
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.finishAll();
            retries += sequence.retries;
            removeUnassignable += sequence.removeUnassignable;
            followers += sequence.followers;
        }

        assertThat(List.of(retries, removeUnassignable, followers))
                .as("all of it happened often")
                .allMatch(count -> count > 1_000);
    }

    /** What a process holds; it runs the first, and then the next. */
    private static final class Worker {
        final int slot;
        final List<Long> held = new ArrayList<>();
        Optional<List<Long>> revoked = Optional.empty();
        boolean isClosed;

        Worker(int slot) {
            this.slot = slot;
        }
    }

    /** One of several; told apart by identity. */
    private static final class Caller implements OutcomeSink {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            throw new AssertionError("the table itself never delivers");
        }
    }

    private static final class Sequence {
        private final long seed;
        private final Random random;
        private final Scheduler scheduler = new Scheduler(Duration.ofNanos(1));
        private final List<OutcomeSink> sinks = List.of(new Caller(), new Caller(), new Caller());
        /** Without those that have a result, in the order of adding. */
        private final Map<Long, TaskBatch> tasks = new TreeMap<>();
        /** Neither in flight nor delayed. */
        private final Set<Long> waiting = new HashSet<>();

        private final Map<Long, Long> resting = new HashMap<>();
        private final Map<Long, Integer> attempts = new HashMap<>();
        private final Set<Long> cancelled = new HashSet<>();
        private final Map<Integer, Boolean> places = new TreeMap<>();
        private final Map<Long, Worker> workers = new LinkedHashMap<>();
        private final Map<AffinityKey, Integer> placeOfKey = new HashMap<>();
        private final Set<Integer> readyOnce = new HashSet<>();
        /** Places that came before any was ready, which new keys are kept for. */
        private final Set<Integer> awaited = new HashSet<>();

        private long lastTask;
        private long lastProcess;
        private int lastPlace = -1;
        private long now;
        private boolean paused;
        private int step;
        private int retries;
        private int removeUnassignable;
        private int followers;

        Sequence(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void step() {
            step++;
            now += random.nextInt(20);
            scheduler.now(now);
            int event = random.nextInt(100);
            if (event < 24) {
                for (int more = random.nextInt(5); more >= 0; more--) {
                    add();
                }
            } else if (event < 32) {
                startWorker();
            } else if (event < 60) {
                any(workers).ifPresent(this::finishFirst);
            } else if (event < 67) {
                any(workers).ifPresent(this::failFirst);
            } else if (event < 72) {
                any(workers).ifPresent(this::die);
            } else if (event < 77) {
                scheduler.revocations().forEach(this::revoked);
            } else if (event < 85) {
                List.copyOf(workers.keySet()).forEach(this::giveBack);
            } else if (event < 88) {
                any(workers).ifPresent(this::drain);
            } else if (event < 90) {
                closeSlot();
            } else if (event < 92) {
                pauseOrResume();
            } else if (event < 94) {
                cancel();
            } else {
                requeueDelayed();
            }
            look();
        }

        /** From here on nothing goes wrong any more: all that is left comes to its end. */
        void finishAll() {
            scheduler.resume();
            paused = false;
            openSlot();
            places.keySet().stream()
                    .filter(slot -> places.get(slot)
                            && workers.values().stream().noneMatch(worker -> worker.slot == slot && !worker.isClosed))
                    .toList()
                    .forEach(this::ready);
            for (int round = 0; !tasks.isEmpty(); round++) {
                check(round <= lastTask + 1, "healthy workers get on");
                now += REST;
                scheduler.now(now);
                requeueDelayed();
                look();
                List.copyOf(workers.keySet()).forEach(this::giveBack);
                List.copyOf(workers.keySet()).forEach(this::finishFirst);
                look();
            }
            check(scheduler.isEmpty(), "nothing is left");
        }

        private void add() {
            TaskOptions options = TaskOptions.defaults();
            options = random.nextInt(4) == 0 ? options.withPriority(random.nextInt(3) - 1) : options;
            options = random.nextInt(3) == 0 ? options.withRetry(retry()) : options;
            int kind = random.nextInt(10);
            options = kind < 6 ? options.withKey(random.nextInt(5)) : options;
            TaskPolicy policy = Policies.attempts(100).with(options, KeyCodec::write);
            if (kind == 9 && lastPlace >= 0) {
                policy = policy.onlyOn(random.nextInt(lastPlace + 1));
            }
            TaskBatch task = Batches.of(++lastTask, null, policy, sinks.get(random.nextInt(sinks.size())));
            tasks.put(lastTask, task);
            waiting.add(lastTask);
            attempts.put(lastTask, 1);
            scheduler.add(task);
        }

        private static Retry retry() {
            return new Retry(List.of("TryAgain"), 3, Duration.ofNanos(REST), Duration.ofNanos(REST));
        }

        private void openSlot() {
            places.put(++lastPlace, true);
            if (readyOnce.isEmpty()) {
                awaited.add(lastPlace);
            }
            scheduler.openSlot(lastPlace);
        }

        /** At a new place, or for one that is empty or whose worker is to be replaced. */
        private void startWorker() {
            List<Integer> open = places.keySet().stream().filter(places::get).toList();
            if (open.size() < 3) {
                openSlot();
            } else {
                int slot = open.get(random.nextInt(open.size()));
                workers.forEach((process, worker) -> {
                    if (worker.slot == slot && !worker.isClosed) {
                        drain(process);
                    }
                });
                ready(slot);
            }
        }

        private void ready(int slot) {
            workers.put(++lastProcess, new Worker(slot));
            readyOnce.add(slot);
            scheduler.workerReady(lastProcess, slot, new Demand(1 + random.nextInt(5), 1));
        }

        private void finishFirst(long process) {
            Worker worker = worker(process);
            if (worker.held.isEmpty()) {
                return;
            }
            long taskId = worker.held.remove(0);
            check(scheduler.finish(process, taskId, 1, attempt(taskId)).size() == 1, "an outcome counts");
            tasks.remove(taskId);
        }

        private void failFirst(long process) {
            Worker worker = worker(process);
            if (worker.held.isEmpty()) {
                return;
            }
            long taskId = worker.held.get(0);
            Optional<Duration> pause = scheduler.retry(process, taskId, attempt(taskId), () -> List.of("TryAgain"));
            if (pause.isPresent()) {
                check(!cancelled.contains(taskId), "what is cancelled is not tried again");
                retries++;
                worker.held.remove(0);
                attempts.merge(taskId, 1, Integer::sum);
                resting.put(taskId, now + pause.get().toNanos());
            } else {
                finishFirst(process);
            }
        }

        private void die(long process) {
            Worker worker = Objects.requireNonNull(workers.remove(process));
            Scheduler.Loss loss = scheduler.workerLost(process, Policies.SOME_END);
            check(loss.failed().isEmpty(), "attempts are left");
            if (worker.held.size() == 1) {
                attempts.merge(worker.held.get(0), 1, Integer::sum);
            }
            settle(worker.held, loss);
        }

        private void revoked(long process, List<Long> taskIds) {
            check(worker(process).held.containsAll(taskIds), "only what is held is taken back");
            worker(process).revoked = Optional.of(taskIds);
        }

        /** A worker that is asked to has started none, the first or the first few; all others come back. */
        private void giveBack(long process) {
            Worker worker = worker(process);
            List<Long> asked = worker.revoked.orElse(List.of());
            worker.revoked = Optional.empty();
            int started = random.nextInt(3);
            List<Long> back =
                    worker.held.stream().skip(started).filter(asked::contains).toList();
            worker.held.removeAll(back);
            settle(back, scheduler.returned(process, back));
        }

        private void settle(List<Long> back, Scheduler.Loss loss) {
            check(loss.requeued().size() + loss.dropped().size() == back.size(), "all come back");
            for (long taskId : back) {
                if (cancelled.contains(taskId)) {
                    tasks.remove(taskId);
                } else {
                    waiting.add(taskId);
                }
            }
        }

        private void drain(long process) {
            Worker worker = worker(process);
            worker.isClosed = true;
            List<Long> asked = scheduler.drain(process);
            check(asked.equals(worker.held), "all that is held is asked for");
            worker.revoked = Optional.of(asked);
        }

        private void closeSlot() {
            any(places).filter(places::get).ifPresent(slot -> {
                places.put(slot, false);
                scheduler.closeSlot(slot);
                readyOnce.remove(slot);
                awaited.remove(slot);
                placeOfKey.values().removeIf(of -> of.equals(slot));
                workers.forEach((process, worker) -> {
                    if (worker.slot == slot) {
                        drain(process);
                    }
                });
            });
        }

        private void pauseOrResume() {
            paused = !paused;
            if (paused) {
                scheduler.pause().forEach(this::revoked);
            } else {
                scheduler.resume();
            }
        }

        private void cancel() {
            OutcomeSink sink = sinks.get(random.nextInt(sinks.size()));
            List<Task> dropped = scheduler.cancel(Set.of(sink)).dropped();
            List<Long> expected = tasks.keySet().stream()
                    .filter(taskId -> tasks.get(taskId).sink() == sink)
                    .filter(taskId -> waiting.contains(taskId) || resting.containsKey(taskId))
                    .toList();
            check(
                    dropped.stream().map(Task::id).sorted().toList().equals(expected),
                    "what is not in flight is dropped");
            tasks.values().stream().filter(task -> task.sink() == sink).forEach(task -> cancelled.add(task.firstId()));
            expected.forEach(this::drop);
        }

        private void drop(long taskId) {
            tasks.remove(taskId);
            waiting.remove(taskId);
            resting.remove(taskId);
        }

        private void requeueDelayed() {
            scheduler.requeueDelayed();
            resting.keySet().stream()
                    .filter(taskId -> resting.get(taskId) <= now)
                    .toList()
                    .forEach(taskId -> {
                        resting.remove(taskId);
                        waiting.add(taskId);
                    });
        }

        /** What the master does after everything. */
        private void look() {
            for (Task task : scheduler.removeUnassignable()) {
                check(
                        waiting.contains(task.id()) && isStranded(tasks.get(task.id())),
                        "only who waits for a worker that is gone is stranded");
                drop(task.id());
                removeUnassignable++;
            }
            List<Lease> assignments = scheduler.assign();
            check(!paused || assignments.isEmpty(), "nothing is handed out in a pause");
            assignments.forEach(this::handOut);
            workers.values().forEach(this::checkHeld);
            workers.values().stream()
                    .filter(worker -> worker.held.isEmpty() && !worker.isClosed && !paused)
                    .forEach(worker -> check(
                            waiting.stream().noneMatch(taskId -> couldRun(worker, tasks.get(taskId))),
                            "nobody idles who could run something"));
            awaited.removeAll(readyOnce);
        }

        private void handOut(Lease assignment) {
            TaskBatch task = assignment.tasks();
            Worker worker = worker(assignment.process());
            check(waiting.remove(task.firstId()), "only what waits is handed out");
            check(!worker.isClosed, "a worker that goes gets no more");
            check(assignment.attempt() == attempt(task.firstId()), "attempts are counted");
            AffinityKey key = task.policy().standing().key();
            if (key instanceof AffinityKey.ForWorker only) {
                check(only.index() == worker.slot, "what is for one worker goes nowhere else");
            } else if (key != null) {
                Integer before = placeOfKey.put(key, worker.slot);
                check(before == null || before == worker.slot, "a key stays where it is");
                followers += worker.held.stream().anyMatch(held -> key.equals(keyOf(held))) ? 1 : 0;
            } else {
                check(
                        waiting.stream()
                                .noneMatch(other -> keyOf(other) == null
                                        && tasks.get(other).policy().standing().priority()
                                                > task.policy().standing().priority()),
                        "the more urgent goes first");
            }
            worker.held.add(task.firstId());
        }

        /** All earlier tasks of a key that are in flight are on the same process, before it. */
        private void checkHeld(Worker worker) {
            for (int i = 0; i < worker.held.size(); i++) {
                long taskId = worker.held.get(i);
                AffinityKey key = keyOf(taskId);
                if (key != null) {
                    List<Long> infront = worker.held.subList(0, i);
                    check(
                            tasks.keySet().stream()
                                    .filter(before -> before < taskId && key.equals(keyOf(before)))
                                    .allMatch(infront::contains),
                            "the tasks of a key run in their order, one after the other");
                }
            }
        }

        private boolean couldRun(Worker worker, TaskBatch task) {
            AffinityKey key = task.policy().standing().key();
            if (key == null) {
                return true;
            }
            boolean isFirst = tasks.values().stream()
                    .filter(other -> key.equals(other.policy().standing().key()))
                    .allMatch(other -> waiting.contains(other.firstId()));
            if (key instanceof AffinityKey.ForWorker only) {
                return isFirst && only.index() == worker.slot;
            }
            Integer slot = placeOfKey.get(key);
            return isFirst && (slot == null ? awaited.isEmpty() : slot == worker.slot);
        }

        private boolean isStranded(TaskBatch task) {
            return task.policy().standing().key() instanceof AffinityKey.ForWorker only && !places.get(only.index());
        }

        private @Nullable AffinityKey keyOf(long taskId) {
            return Objects.requireNonNull(tasks.get(taskId)).policy().standing().key();
        }

        private int attempt(long taskId) {
            return Objects.requireNonNull(attempts.get(taskId));
        }

        private Worker worker(long process) {
            return Objects.requireNonNull(workers.get(process));
        }

        private <K> Optional<K> any(Map<K, ?> from) {
            return from.isEmpty()
                    ? Optional.empty()
                    : Optional.of(List.copyOf(from.keySet()).get(random.nextInt(from.size())));
        }

        private void check(boolean holds, String rule) {
            if (!holds) {
                assertThat(holds).as("seed %d, step %d: %s", seed, step, rule).isTrue();
            }
        }
    }
}
