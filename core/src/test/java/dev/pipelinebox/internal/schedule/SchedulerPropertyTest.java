package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Payloads;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
import dev.pipelinebox.internal.task.TaskBatch;
import dev.pipelinebox.internal.task.TaskPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random sequences of events, with a simple model beside the scheduler that says what each has to result in. */
class SchedulerPropertyTest {

    private static final int SEQUENCES = 5_000;
    private static final int STEPS = 100;

    /** In nanoseconds, of which some pass from step to step. */
    private static final long GRACE = 100;

    private static final long LONGEST_BACKOFF = 100;

    @Test
    void eachTaskHasExactlyOneResultWhateverHappens() {
        Map<Result, Integer> counts = new EnumMap<>(Result.class);
        int retries = 0;
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.finishAll();
            sequence.results.values().forEach(result -> counts.merge(result, 1, Integer::sum));
            retries += sequence.retries;
        }

        assertThat(counts)
                .as("all results occurred")
                .containsOnlyKeys(Result.values())
                .as("often enough to mean something")
                .allSatisfy((result, count) -> assertThat(count).isGreaterThan(1_000));
        assertThat(retries).as("retries").isGreaterThan(1_000);
    }

    private enum Result {
        FINISHED,
        FAILED,
        EXPIRED,
        KILLED,
        CANCELLED
    }

    /** A process with its tasks in flight, in the model. */
    private static final class Worker {
        final Set<Long> held = new LinkedHashSet<>();
        Demand demand;
        Optional<List<Long>> revoked = Optional.empty();
        boolean stopRequested;
        boolean closed;
        boolean ending;
        /** The task that it is being killed for. */
        Optional<Long> killed = Optional.empty();
        /** Since when the first of the held tasks runs. */
        long firstSince;

        Worker(Demand demand) {
            this.demand = demand;
        }

        Optional<Long> first() {
            return held.stream().findFirst();
        }

        void put(long taskId, long now) {
            firstSince = held.isEmpty() ? now : firstSince;
            held.add(taskId);
        }

        void remove(long taskId, long now) {
            firstSince = first().equals(Optional.of(taskId)) ? now : firstSince;
            held.remove(taskId);
        }
    }

    /** A task on a process. */
    private record Attempt(long taskId, long process, int attempt) {}

    /** One of several whose tasks are mixed; told apart by identity. */
    private static final class Caller implements OutcomeSink {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            throw new AssertionError("the scheduler itself never delivers");
        }
    }

    private static final class Sequence {
        private final Random random;
        private final int maxAttempts;
        private final Scheduler scheduler;
        private final List<OutcomeSink> sinks = List.of(new Caller(), new Caller(), new Caller(), new Caller());
        private final Map<Long, Task> tasks = new LinkedHashMap<>();
        private final Deque<Long> queue = new ArrayDeque<>();
        private final Map<Long, Worker> workers = new LinkedHashMap<>();
        private final Map<Long, Result> results = new HashMap<>();
        private final Map<Long, Integer> crashesAlone = new HashMap<>();
        private final Map<Long, Integer> failures = new HashMap<>();
        private final Map<Long, Long> addedAt = new HashMap<>();
        private final Set<Long> mayHaveStarted = new HashSet<>();
        /** What is in its back-off after a failure, and until when. */
        private final Map<Long, Long> backingOff = new LinkedHashMap<>();
        /** Of this run, not of those before. */
        private final Map<Long, Long> interruptedAt = new HashMap<>();

        private final Map<Long, Long> progressedAt = new HashMap<>();
        private final Map<Long, Long> cancelledAt = new HashMap<>();
        /** The crash that a suspect may have caused, until the cause is found. */
        private final Map<Long, Integer> suspects = new HashMap<>();

        private int crashes;
        private final List<Attempt> history = new ArrayList<>();
        private final long seed;
        private long lastProcess;
        private int step;
        private int retries;
        private long now;

        Sequence(long seed) {
            this.random = new Random(seed);
            this.maxAttempts = 1 + random.nextInt(3);
            this.scheduler = new Scheduler(Duration.ofNanos(GRACE));
            this.seed = seed;
        }

        void step() {
            step++;
            pass(random.nextInt(20));
            int event = random.nextInt(100);
            if (event < 22) {
                add(1 + random.nextInt(6));
            } else if (event < 29) {
                ready();
            } else if (event < 33) {
                changeDemand();
            } else if (event < 46) {
                finish();
            } else if (event < 53) {
                finishSeveral();
            } else if (event < 60) {
                fail();
            } else if (event < 66) {
                finishEndedLease();
            } else if (event < 74) {
                loseProcess();
            } else if (event < 78) {
                revoke();
            } else if (event < 83) {
                returnRevoked();
            } else if (event < 86) {
                progress();
            } else if (event < 96) {
                runPeriodicChecks();
            } else if (event < 98) {
                close();
            } else {
                cancel();
            }
            assign();
        }

        /** From here on no process ends: all tasks that are left finish. */
        void finishAll() {
            workerReady();
            for (int rounds = 0; results.size() < tasks.size(); rounds++) {
                check(rounds <= tasks.size() + 1, "processes that do not end finish all tasks");
                pass(LONGEST_BACKOFF);
                expire();
                requeueDelayed();
                assign();
                workers.forEach((process, worker) ->
                        List.copyOf(worker.held).forEach(taskId -> finish(process, taskId, attempt(taskId))));
            }
            check(scheduler.isEmpty(), "nothing is left");
            check(scheduler.assign().isEmpty(), "nothing is left to assign");
            check(results.keySet().equals(tasks.keySet()), "each task has a result");
        }

        private void pass(long time) {
            now += time;
            scheduler.now(now);
        }

        private void add(int count) {
            TaskPolicy policy = anyPolicy();
            OutcomeSink sink = any(sinks);
            Payloads.Builder payloads = new Payloads.Builder();
            for (int i = 0; i < count; i++) {
                payloads.add(random.nextInt(4) == 0 ? null : new byte[random.nextInt(40)]);
            }
            TaskBatch batch = new TaskBatch(tasks.size() + 1, payloads.take(), policy, sink);
            for (Task task : batch.tasks()) {
                tasks.put(task.id(), task);
                queue.addLast(task.id());
                addedAt.put(task.id(), now);
            }
            scheduler.add(batch);
        }

        private TaskPolicy anyPolicy() {
            return new TaskPolicy(
                    anyLimit(),
                    anyLimit(),
                    anyLimit(),
                    anyLimit(),
                    maxAttempts,
                    new Retry(
                            random.nextBoolean() ? List.of("TryAgain") : List.of(),
                            1 + random.nextInt(4),
                            Duration.ofNanos(random.nextInt(30)),
                            Duration.ofNanos(LONGEST_BACKOFF)));
        }

        private Optional<Duration> anyLimit() {
            return random.nextInt(4) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(1 + random.nextInt(300)));
        }

        private void ready() {
            if (workers.size() < 4) {
                workerReady();
            }
        }

        private void workerReady() {
            Worker worker = new Worker(anyDemand());
            workers.put(++lastProcess, worker);
            scheduler.workerReady(lastProcess, (int) lastProcess, worker.demand);
        }

        private void changeDemand() {
            anyProcess().ifPresent(process -> {
                Demand demand = anyDemand();
                workers.get(process).demand = demand;
                scheduler.demand(process, demand);
            });
        }

        private void finish() {
            anyProcessOf(busy()).ifPresent(process -> {
                long taskId = any(List.copyOf(workers.get(process).held));
                finish(process, taskId, attempt(taskId));
                if (random.nextBoolean()) {
                    check(scheduler.finish(process, taskId, 1, attempt(taskId)).isEmpty(), "an outcome counts once");
                }
            });
        }

        /** Outcomes of consecutive tasks, not all of which need be in flight there. */
        private void finishSeveral() {
            anyProcessOf(busy()).ifPresent(process -> {
                long firstId = any(List.copyOf(workers.get(process).held));
                finish(process, firstId, 1 + random.nextInt(5), attempt(firstId));
            });
        }

        private void finish(long process, long taskId, int attempt) {
            finish(process, taskId, 1, attempt);
        }

        private void finish(long process, long firstId, int count, int attempt) {
            Worker worker = workers.get(process);
            List<Long> expected = LongStream.range(firstId, firstId + count)
                    .filter(taskId -> worker.held.contains(taskId) && attempt(taskId) == attempt)
                    .boxed()
                    .toList();
            List<Long> finished = new ArrayList<>();
            for (Scheduler.Finished some : scheduler.finish(process, firstId, count, attempt)) {
                check(!some.wasInterrupted() || some.tasks().count() == 1, "what was interrupted is alone");
                some.tasks().ids().forEach(taskId -> {
                    check(some.wasInterrupted() == interruptedAt.containsKey(taskId), "it says what was interrupted");
                    finished.add(taskId);
                });
            }
            check(finished.equals(expected), "each outcome of a task in flight counts");
            expected.forEach(taskId -> {
                worker.remove(taskId, now);
                end(taskId, Result.FINISHED);
            });
        }

        /** A task throws what some may be retried for; if it may not, that is its result. */
        private void fail() {
            anyProcessOf(busy()).ifPresent(process -> {
                long taskId = any(List.copyOf(workers.get(process).held));
                int attempt = attempt(taskId);
                Retry retry = tasks.get(taskId).policy().retry();
                boolean again = !retry.exceptionClasses().isEmpty()
                        && failures.getOrDefault(taskId, 0) + 1 < retry.maxAttempts()
                        && !isCancelled(taskId)
                        && !interruptedAt.containsKey(taskId);

                Optional<Duration> backoff =
                        scheduler.retry(process, taskId, attempt, () -> List.of("TryAgain", "Parent"));

                check(backoff.isPresent() == again, "what may be retried is retried");
                if (backoff.isEmpty()) {
                    finish(process, taskId, attempt);
                } else {
                    retries++;
                    int doublings = failures.merge(taskId, 1, Integer::sum) - 1;
                    long expected = Math.min(retry.minBackoff().toNanos() << doublings, LONGEST_BACKOFF);
                    check(backoff.get().toNanos() == expected, "back-offs double");
                    workers.get(process).remove(taskId, now);
                    mayHaveStarted.add(taskId);
                    backingOff.put(taskId, now + expected);
                }
            });
        }

        private void progress() {
            anyProcessOf(busy()).ifPresent(process -> {
                long taskId = any(List.copyOf(workers.get(process).held));
                boolean isStale = random.nextInt(3) == 0;
                int attempt = attempt(taskId) - (isStale ? 1 : 0);
                check(scheduler.progress(process, taskId, attempt) == !isStale, "progress counts for its attempt only");
                if (!isStale) {
                    progressedAt.put(taskId, now);
                }
            });
        }

        /** What the master does at intervals. */
        private void runPeriodicChecks() {
            expire();
            enforceLimits();
            requeueDelayed();
        }

        private void expire() {
            List<Long> expired = queue.stream().filter(this::hasWaitedTooLong).toList();
            check(ids(scheduler.expired()).equals(expired), "what has waited too long is removed");
            queue.removeAll(expired);
            expired.forEach(taskId -> end(taskId, Result.EXPIRED));
        }

        private boolean hasWaitedTooLong(long taskId) {
            return !mayHaveStarted.contains(taskId)
                    && hasPassed(tasks.get(taskId).policy().queue(), addedAt.get(taskId));
        }

        private void requeueDelayed() {
            List<Long> due = backingOff.keySet().stream()
                    .filter(taskId -> backingOff.get(taskId) <= now)
                    .toList();
            scheduler.requeueDelayed();
            backingOff.keySet().removeAll(due);
            for (int i = due.size() - 1; i >= 0; i--) {
                queue.addFirst(due.get(i));
            }
        }

        private void enforceLimits() {
            Map<Long, TimeoutAction> expected = new HashMap<>();
            workers.forEach(
                    (process, worker) -> expected(process, worker).ifPresent(action -> expected.put(process, action)));
            for (TimeoutAction action : scheduler.overdue()) {
                TimeoutAction due = expected.remove(action.process());
                check(
                        due != null
                                && action.task().id() == due.task().id()
                                && action.limit() == due.limit()
                                && action.kill() == due.kill(),
                        "only what has passed a limit is interrupted or killed");
                Worker worker = workers.get(action.process());
                long taskId = action.task().id();
                if (action.kill()) {
                    worker.killed = Optional.of(taskId);
                    worker.closed = true;
                } else {
                    interruptedAt.put(taskId, now);
                }
            }
            check(expected.isEmpty(), "all that has passed a limit is interrupted or killed");
        }

        private Optional<TimeoutAction> expected(long process, Worker worker) {
            if (worker.held.isEmpty() || worker.ending || worker.killed.isPresent()) {
                return Optional.empty();
            }
            long taskId = worker.first().orElseThrow();
            TaskPolicy policy = tasks.get(taskId).policy();
            Optional<Duration> grace = Optional.of(Duration.ofNanos(GRACE));
            if (hasPassed(policy.hard(), worker.firstSince)) {
                return action(process, taskId, TimeoutAction.Limit.HARD, true);
            } else if (hasPassed(policy.stall(), Math.max(worker.firstSince, progressedAt.getOrDefault(taskId, 0L)))) {
                return action(process, taskId, TimeoutAction.Limit.STALL, true);
            } else if (isCancelled(taskId)) {
                return hasPassed(grace, Math.max(worker.firstSince, cancelledAt.get(taskId)))
                        ? action(process, taskId, TimeoutAction.Limit.CANCELLED, true)
                        : Optional.empty();
            } else if (interruptedAt.containsKey(taskId)) {
                return hasPassed(grace, interruptedAt.get(taskId))
                        ? action(process, taskId, TimeoutAction.Limit.SOFT, true)
                        : Optional.empty();
            }
            return hasPassed(policy.soft(), worker.firstSince)
                    ? action(process, taskId, TimeoutAction.Limit.SOFT, false)
                    : Optional.empty();
        }

        private Optional<TimeoutAction> action(long process, long taskId, TimeoutAction.Limit limit, boolean kill) {
            return Optional.of(new TimeoutAction(process, tasks.get(taskId), limit, kill));
        }

        private boolean hasPassed(Optional<Duration> limit, long since) {
            return limit.isPresent() && now - since >= limit.get().toNanos();
        }

        /** An outcome of a lease that has ended, or of another attempt than the current one. */
        private void finishEndedLease() {
            if (history.isEmpty()) {
                return;
            }
            Attempt ended = any(history);
            long taskId = ended.taskId();
            Worker worker = workers.get(ended.process());
            int attempt = ended.attempt();
            if (worker != null && worker.held.contains(taskId)) {
                attempt = attempt(taskId) + (random.nextBoolean() ? 1 : -1);
            }
            check(
                    scheduler.finish(ended.process(), taskId, 1, attempt).isEmpty(),
                    "an outcome of an ended lease does not count");
        }

        /** A process ends, more often than not one that is being killed. */
        private void loseProcess() {
            List<Long> killed = workers.entrySet().stream()
                    .filter(worker -> worker.getValue().killed.isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
            anyProcessOf(killed).or(this::anyProcess).ifPresent(process -> {
                Worker worker = workers.remove(process);
                List<Long> held = List.copyOf(worker.held);
                mayHaveStarted.addAll(held);
                List<Long> failed = new ArrayList<>();
                Optional<Long> cause =
                        worker.killed.filter(taskId -> worker.held.contains(taskId) && !isCancelled(taskId));
                cause.ifPresent(failed::add);
                if (worker.killed.isEmpty() && !worker.stopRequested) {
                    int crash = ++crashes;
                    if (held.size() == 1) {
                        Integer resolved = suspects.get(held.get(0));
                        suspects.values().removeIf(of -> of.equals(resolved));
                    }
                    held.forEach(taskId -> suspects.put(taskId, crash));
                    if (held.size() == 1
                            && crashesAlone.merge(held.get(0), 1, Integer::sum) == maxAttempts
                            && !isCancelled(held.get(0))) {
                        failed.addAll(held);
                    }
                }
                Scheduler.Loss loss = scheduler.workerLost(process, Policies.SOME_END);
                check(
                        loss.failed().stream()
                                .map(givenUp -> givenUp.task().id())
                                .toList()
                                .equals(failed),
                        "only the cause is given up, after its last attempt or by its limit");
                failed.forEach(taskId -> end(taskId, cause.isPresent() ? Result.KILLED : Result.FAILED));
                requeueOrDrop(
                        held.stream().filter(taskId -> !failed.contains(taskId)).toList(), loss);
            });
        }

        /** What was in flight is requeued, in its order, unless it is cancelled. */
        private void requeueOrDrop(List<Long> back, Scheduler.Loss loss) {
            List<Long> requeued =
                    back.stream().filter(taskId -> !isCancelled(taskId)).toList();
            List<Long> dropped = back.stream().filter(this::isCancelled).toList();
            check(ids(loss.requeued()).equals(requeued), "what is not cancelled is requeued");
            check(ids(loss.dropped()).equals(dropped), "what is cancelled is dropped");
            dropped.forEach(taskId -> end(taskId, Result.CANCELLED));
            for (int i = requeued.size() - 1; i >= 0; i--) {
                queue.addFirst(requeued.get(i));
            }
        }

        /** A process is asked to stop, or ends by itself; in both cases it gets no more. */
        private void close() {
            anyProcess().ifPresent(process -> {
                Worker worker = workers.get(process);
                worker.closed = true;
                if (random.nextBoolean()) {
                    worker.stopRequested = true;
                    scheduler.stopRequested(process);
                } else {
                    worker.ending = true;
                    scheduler.ending(process);
                }
            });
        }

        private void revoke() {
            boolean noneIsIdle = idle().isEmpty();
            scheduler.revocations().forEach((process, taskIds) -> {
                Worker worker = workers.get(process);
                boolean isTooLate = taskIds.stream().anyMatch(this::hasWaitedTooLong);
                check(
                        !noneIsIdle || !queue.isEmpty() || isTooLate,
                        "nothing is revoked unless a process is idle, a task is queued or one has waited too long");
                check(worker.revoked.isEmpty(), "nothing is revoked twice");
                check(worker.held.containsAll(taskIds), "only what is in flight is revoked");
                check(worker.held.size() == taskIds.size() + 1, "the running task is not revoked");
                worker.demand = new Demand(1, worker.demand.bytes());
                worker.revoked = Optional.of(taskIds);
            });
        }

        /** A worker answers a revocation: with what it has neither started nor finished meanwhile. */
        private void returnRevoked() {
            List<Long> asked = workers.entrySet().stream()
                    .filter(worker -> worker.getValue().revoked.isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
            anyProcessOf(asked).ifPresent(process -> {
                Worker worker = workers.get(process);
                List<Long> back = worker.revoked.orElseThrow().stream()
                        .filter(taskId -> worker.held.contains(taskId) && random.nextInt(5) > 0)
                        .toList();
                worker.revoked = Optional.empty();
                back.forEach(taskId -> worker.remove(taskId, now));
                requeueOrDrop(back, scheduler.returned(process, back));
            });
        }

        private void cancel() {
            OutcomeSink sink = any(sinks);
            List<Long> dropped = Stream.concat(queue.stream(), backingOff.keySet().stream())
                    .filter(taskId -> tasks.get(taskId).sink() == sink)
                    .toList();
            Map<Long, List<Long>> inFlight = new HashMap<>();
            workers.forEach((process, worker) -> {
                List<Long> held = worker.held.stream()
                        .filter(taskId -> tasks.get(taskId).sink() == sink)
                        .toList();
                if (!held.isEmpty()) {
                    inFlight.put(process, held);
                    held.forEach(taskId -> cancelledAt.putIfAbsent(taskId, now));
                }
            });

            Scheduler.Cancellation cancellation = scheduler.cancel(Set.of(sink));

            check(ids(cancellation.dropped()).equals(dropped), "what is queued is dropped at once");
            check(cancellation.inFlight().equals(inFlight), "what is in flight is named");
            queue.removeAll(dropped);
            dropped.forEach(backingOff::remove);
            dropped.forEach(taskId -> end(taskId, Result.CANCELLED));
        }

        private void assign() {
            List<Attempt> attempts = scheduler.assign().stream()
                    .flatMap(lease ->
                            lease.tasks().ids().map(taskId -> new Attempt(taskId, lease.process(), lease.attempt())))
                    .toList();
            for (Attempt lease : attempts) {
                long taskId = lease.taskId();
                Worker worker = workers.get(lease.process());
                check(Long.valueOf(taskId).equals(queue.pollFirst()), "first in, first out");
                check(!results.containsKey(taskId), "what has a result does not run again");
                check(!isCancelled(taskId), "what is cancelled does not run again");
                check(!worker.closed, "a process that ends gets no more");
                check(lease.attempt() == attempt(taskId), "a crash alone and a retry use an attempt");
                check(
                        workers.values().stream().noneMatch(other -> other.held.contains(taskId)),
                        "nothing runs twice at once");
                check(!backingOff.containsKey(taskId), "what is in its back-off does not run");
                worker.put(taskId, now);
                interruptedAt.remove(taskId);
                progressedAt.remove(taskId);
                if (worker.held.size() > 1) {
                    long bytes = worker.held.stream()
                            .mapToLong(held -> tasks.get(held).size())
                            .sum();
                    check(worker.held.size() <= worker.demand.tasks(), "no more tasks than the demand");
                    check(bytes <= worker.demand.bytes(), "no more bytes than the demand");
                    check(worker.held.stream().noneMatch(suspects::containsKey), "a suspect runs alone");
                    check(maxAttempts > 1, "a task with one attempt is in flight alone");
                }
                history.add(lease);
            }
            check(queue.isEmpty() || idle().isEmpty(), "no process is idle while a task is queued");
        }

        /** Half a million times, so AssertJ is only called to say what is wrong. */
        private void check(boolean holds, String rule) {
            if (!holds) {
                assertThat(holds).as("seed %d, step %d: %s", seed, step, rule).isTrue();
            }
        }

        private void end(long taskId, Result result) {
            check(results.put(taskId, result) == null, "each task has one result");
            if (result == Result.FAILED) {
                check(
                        crashesAlone.getOrDefault(taskId, 0) == maxAttempts,
                        "only what has ended its processes alone is given up");
            }
        }

        private int attempt(long taskId) {
            return 1 + crashesAlone.getOrDefault(taskId, 0) + failures.getOrDefault(taskId, 0);
        }

        private boolean isCancelled(long taskId) {
            return cancelledAt.containsKey(taskId);
        }

        private List<Long> busy() {
            return workers.entrySet().stream()
                    .filter(worker -> !worker.getValue().held.isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** The processes that could run something and have nothing to run. */
        private List<Long> idle() {
            return workers.entrySet().stream()
                    .filter(worker -> worker.getValue().held.isEmpty() && !worker.getValue().closed)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Demand anyDemand() {
            return new Demand(1 + random.nextInt(random.nextBoolean() ? 2 : 8), 20 + random.nextInt(100));
        }

        private Optional<Long> anyProcess() {
            return anyProcessOf(List.copyOf(workers.keySet()));
        }

        private Optional<Long> anyProcessOf(List<Long> processes) {
            return processes.isEmpty() ? Optional.empty() : Optional.of(any(processes));
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private static List<Long> ids(List<Task> tasks) {
            return tasks.stream().map(Task::id).toList();
        }
    }
}
