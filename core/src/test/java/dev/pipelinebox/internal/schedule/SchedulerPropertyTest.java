package dev.pipelinebox.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.internal.task.Demand;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeSink;
import dev.pipelinebox.internal.task.Policies;
import dev.pipelinebox.internal.task.Task;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random sequences of events, with a simple model beside the table that says what has to come of each. */
class SchedulerPropertyTest {

    private static final int SEQUENCES = 5_000;
    private static final int STEPS = 100;

    /** In nanoseconds, of which some pass from step to step. */
    private static final long GRACE = 100;

    private static final long LONGEST_REST = 100;

    @Test
    void eachTaskHasExactlyOneResultWhateverHappens() {
        Map<Result, Integer> met = new EnumMap<>(Result.class);
        int retries = 0;
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.finishAll();
            sequence.results.values().forEach(result -> met.merge(result, 1, Integer::sum));
            retries += sequence.retries;
        }

        assertThat(met)
                .as("all ends were met")
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

    /** What a worker holds, as the model sees it. */
    private static final class Worker {
        final Set<Long> held = new LinkedHashSet<>();
        Demand demand;
        Optional<List<Long>> revoked = Optional.empty();
        boolean retired;
        boolean closed;
        boolean ending;
        /** Whom its process is being killed for. */
        Optional<Long> killed = Optional.empty();
        /** Since when the first of the held is the first. */
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

    /** One of several whose tasks are mixed; told apart by identity. */
    private static final class Caller implements OutcomeSink {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            throw new AssertionError("the table itself never delivers");
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
        private final Map<Long, Integer> deathsAlone = new HashMap<>();
        private final Map<Long, Integer> failures = new HashMap<>();
        private final Map<Long, Long> addedAt = new HashMap<>();
        private final Set<Long> mayHaveStarted = new HashSet<>();
        /** What rests after a failure, and until when. */
        private final Map<Long, Long> resting = new LinkedHashMap<>();
        /** Of this run, not of those before. */
        private final Map<Long, Long> interruptedAt = new HashMap<>();

        private final Map<Long, Long> progressedAt = new HashMap<>();
        private final Map<Long, Long> cancelledAt = new HashMap<>();
        /** Which death a task is suspected for; those of a solved one are cleared. */
        private final Map<Long, Integer> suspects = new HashMap<>();

        private int deaths;
        private final List<Lease> history = new ArrayList<>();
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
            } else if (event < 53) {
                finish();
            } else if (event < 60) {
                fail();
            } else if (event < 66) {
                finishSomethingStale();
            } else if (event < 74) {
                lose();
            } else if (event < 78) {
                revoke();
            } else if (event < 83) {
                giveBack();
            } else if (event < 86) {
                progress();
            } else if (event < 96) {
                look();
            } else if (event < 98) {
                close();
            } else {
                cancel();
            }
            assign();
        }

        /** From here on the workers are healthy: all that is left comes to its end. */
        void finishAll() {
            workerReady();
            for (int rounds = 0; results.size() < tasks.size(); rounds++) {
                check(rounds <= tasks.size() + 1, "healthy workers get on");
                pass(LONGEST_REST);
                expire();
                requeueDelayed();
                assign();
                workers.forEach((process, worker) ->
                        List.copyOf(worker.held).forEach(taskId -> finish(process, taskId, attempt(taskId))));
            }
            check(scheduler.isEmpty(), "nothing is left");
            check(scheduler.assign().isEmpty(), "nothing is left to hand out");
            check(results.keySet().equals(tasks.keySet()), "each task has a result");
        }

        private void pass(long time) {
            now += time;
            scheduler.now(now);
        }

        private void add(int count) {
            for (int i = 0; i < count; i++) {
                long id = tasks.size() + 1;
                byte[] payload = random.nextInt(4) == 0 ? null : new byte[random.nextInt(40)];
                Task task = new Task(id, payload, anyPolicy(), sinks.get(random.nextInt(sinks.size())));
                tasks.put(id, task);
                queue.addLast(id);
                addedAt.put(id, now);
                scheduler.add(task);
            }
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
                            Duration.ofNanos(LONGEST_REST)));
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
                    check(scheduler.finish(process, taskId, attempt(taskId)).isEmpty(), "an outcome counts once");
                }
            });
        }

        private void finish(long process, long taskId, int attempt) {
            check(
                    scheduler
                            .finish(process, taskId, attempt)
                            .equals(Optional.of(
                                    new Scheduler.Finished(tasks.get(taskId), interruptedAt.containsKey(taskId)))),
                    "an outcome counts, and says whether it was interrupted");
            workers.get(process).remove(taskId, now);
            end(taskId, Result.FINISHED);
        }

        /** A task throws what some may be tried again for; if it may not, that is its result. */
        private void fail() {
            anyProcessOf(busy()).ifPresent(process -> {
                long taskId = any(List.copyOf(workers.get(process).held));
                int attempt = attempt(taskId);
                Retry retry = tasks.get(taskId).policy().retry();
                boolean again = !retry.exceptionClasses().isEmpty()
                        && failures.getOrDefault(taskId, 0) + 1 < retry.maxAttempts()
                        && !isUnwanted(taskId)
                        && !interruptedAt.containsKey(taskId);

                Optional<Duration> pause =
                        scheduler.retry(process, taskId, attempt, () -> List.of("TryAgain", "Parent"));

                check(pause.isPresent() == again, "what may be tried again is");
                if (pause.isEmpty()) {
                    finish(process, taskId, attempt);
                } else {
                    retries++;
                    int doublings = failures.merge(taskId, 1, Integer::sum) - 1;
                    long rest = Math.min(retry.minBackoff().toNanos() << doublings, LONGEST_REST);
                    check(pause.get().toNanos() == rest, "rests double");
                    workers.get(process).remove(taskId, now);
                    mayHaveStarted.add(taskId);
                    resting.put(taskId, now + rest);
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
        private void look() {
            expire();
            judge();
            requeueDelayed();
        }

        private void expire() {
            List<Long> expired = queue.stream().filter(this::hasWaitedTooLong).toList();
            check(ids(scheduler.expired()).equals(expired), "who has waited too long is taken out");
            queue.removeAll(expired);
            expired.forEach(taskId -> end(taskId, Result.EXPIRED));
        }

        private boolean hasWaitedTooLong(long taskId) {
            return !mayHaveStarted.contains(taskId)
                    && hasPassed(tasks.get(taskId).policy().queue(), addedAt.get(taskId));
        }

        private void requeueDelayed() {
            List<Long> rested = resting.keySet().stream()
                    .filter(taskId -> resting.get(taskId) <= now)
                    .toList();
            scheduler.requeueDelayed();
            resting.keySet().removeAll(rested);
            for (int i = rested.size() - 1; i >= 0; i--) {
                queue.addFirst(rested.get(i));
            }
        }

        private void judge() {
            Map<Long, TimeoutAction> expected = new HashMap<>();
            workers.forEach(
                    (process, worker) -> expected(process, worker).ifPresent(action -> expected.put(process, action)));
            for (TimeoutAction action : scheduler.overdue()) {
                check(action.equals(expected.remove(action.process())), "who has passed a limit is judged");
                Worker worker = workers.get(action.process());
                long taskId = action.task().id();
                if (action.kill()) {
                    worker.killed = Optional.of(taskId);
                    worker.closed = true;
                } else {
                    interruptedAt.put(taskId, now);
                }
            }
            check(expected.isEmpty(), "nobody is forgotten");
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
            } else if (isUnwanted(taskId)) {
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

        /** An outcome of something that was handed out at some time, and is not in that worker's hands any more. */
        private void finishSomethingStale() {
            if (history.isEmpty()) {
                return;
            }
            Lease old = any(history);
            long taskId = old.task().id();
            Worker worker = workers.get(old.process());
            int attempt = old.attempt();
            if (worker != null && worker.held.contains(taskId)) {
                attempt = attempt(taskId) + (random.nextBoolean() ? 1 : -1);
            }
            check(scheduler.finish(old.process(), taskId, attempt).isEmpty(), "a stale outcome does not count");
        }

        /** A process ends, more often than not one that is being killed. */
        private void lose() {
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
                        worker.killed.filter(taskId -> worker.held.contains(taskId) && !isUnwanted(taskId));
                cause.ifPresent(failed::add);
                if (worker.killed.isEmpty() && !worker.retired) {
                    int death = ++deaths;
                    if (held.size() == 1) {
                        Integer solved = suspects.get(held.get(0));
                        suspects.values().removeIf(of -> of.equals(solved));
                    }
                    held.forEach(taskId -> suspects.put(taskId, death));
                    if (held.size() == 1
                            && deathsAlone.merge(held.get(0), 1, Integer::sum) == maxAttempts
                            && !isUnwanted(held.get(0))) {
                        failed.addAll(held);
                    }
                }
                Scheduler.Loss loss = scheduler.workerLost(process, Policies.SOME_END);
                check(
                        loss.failed().stream()
                                .map(givenUp -> givenUp.task().id())
                                .toList()
                                .equals(failed),
                        "only the guilty fails, after its last attempt or by its limit");
                failed.forEach(taskId -> end(taskId, cause.isPresent() ? Result.KILLED : Result.FAILED));
                settle(held.stream().filter(taskId -> !failed.contains(taskId)).toList(), loss);
            });
        }

        /** What was in hands waits again, in its order, unless nobody wants it any more. */
        private void settle(List<Long> back, Scheduler.Loss loss) {
            List<Long> requeued =
                    back.stream().filter(taskId -> !isUnwanted(taskId)).toList();
            List<Long> dropped = back.stream().filter(this::isUnwanted).toList();
            check(ids(loss.requeued()).equals(requeued), "what is wanted waits again");
            check(ids(loss.dropped()).equals(dropped), "what is not wanted any more is dropped");
            dropped.forEach(taskId -> end(taskId, Result.CANCELLED));
            for (int i = requeued.size() - 1; i >= 0; i--) {
                queue.addFirst(requeued.get(i));
            }
        }

        /** A worker is asked to stop, or ends by itself; in both cases it gets no more. */
        private void close() {
            anyProcess().ifPresent(process -> {
                Worker worker = workers.get(process);
                worker.closed = true;
                if (random.nextBoolean()) {
                    worker.retired = true;
                    scheduler.stopRequested(process);
                } else {
                    worker.ending = true;
                    scheduler.ending(process);
                }
            });
        }

        private void revoke() {
            boolean nobodyIdles = idle().isEmpty();
            scheduler.revocations().forEach((process, taskIds) -> {
                Worker worker = workers.get(process);
                boolean isTooLate = taskIds.stream().anyMatch(this::hasWaitedTooLong);
                check(
                        !nobodyIdles || !queue.isEmpty() || isTooLate,
                        "nothing is taken back if others could not do it and it may still wait");
                check(worker.revoked.isEmpty(), "nothing is asked for twice");
                check(worker.held.containsAll(taskIds), "only what is held is taken back");
                check(worker.held.size() == taskIds.size() + 1, "one task is left to the worker");
                worker.demand = new Demand(1, worker.demand.bytes());
                worker.revoked = Optional.of(taskIds);
            });
        }

        /** A worker answers a revocation: with what it has neither started nor finished meanwhile. */
        private void giveBack() {
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
                settle(back, scheduler.returned(process, back));
            });
        }

        private void cancel() {
            OutcomeSink sink = any(sinks);
            List<Long> dropped = Stream.concat(queue.stream(), resting.keySet().stream())
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

            check(ids(cancellation.dropped()).equals(dropped), "what waits is cancelled at once");
            check(cancellation.inFlight().equals(inFlight), "what is in hands is named");
            queue.removeAll(dropped);
            dropped.forEach(resting::remove);
            dropped.forEach(taskId -> end(taskId, Result.CANCELLED));
        }

        private void assign() {
            for (Lease assignment : scheduler.assign()) {
                long taskId = assignment.task().id();
                Worker worker = workers.get(assignment.process());
                check(Long.valueOf(taskId).equals(queue.pollFirst()), "first in, first out");
                check(!results.containsKey(taskId), "what has a result does not run again");
                check(!isUnwanted(taskId), "what is cancelled does not run again");
                check(!worker.closed, "a worker that ends gets no more");
                check(assignment.attempt() == attempt(taskId), "a death alone and a retry cost an attempt");
                check(
                        workers.values().stream().noneMatch(other -> other.held.contains(taskId)),
                        "nothing runs twice at once");
                check(!resting.containsKey(taskId), "what rests does not run");
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
                    check(maxAttempts > 1, "a task with one attempt travels alone");
                }
                history.add(assignment);
            }
            check(queue.isEmpty() || idle().isEmpty(), "no worker idles while a task waits");
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
                check(deathsAlone.getOrDefault(taskId, 0) == maxAttempts, "only what killed its worker alone fails");
            }
        }

        private int attempt(long taskId) {
            return 1 + deathsAlone.getOrDefault(taskId, 0) + failures.getOrDefault(taskId, 0);
        }

        private boolean isUnwanted(long taskId) {
            return cancelledAt.containsKey(taskId);
        }

        private List<Long> busy() {
            return workers.entrySet().stream()
                    .filter(worker -> !worker.getValue().held.isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** Who could run something and has nothing to run. */
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
