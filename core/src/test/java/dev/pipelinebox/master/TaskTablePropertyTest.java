package dev.pipelinebox.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.protocol.Demand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random sequences of events, with a simple model beside the table that says what has to come of each. */
class TaskTablePropertyTest {

    private static final int SEQUENCES = 5_000;
    private static final int STEPS = 100;

    @Test
    void eachTaskHasExactlyOneResultWhateverHappens() {
        int finished = 0;
        int failed = 0;
        int cancelled = 0;
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            for (int step = 1; step <= STEPS; step++) {
                sequence.step();
            }
            sequence.finishAll();
            finished += sequence.count(Result.FINISHED);
            failed += sequence.count(Result.FAILED);
            cancelled += sequence.count(Result.CANCELLED);
        }

        assertThat(List.of(finished, failed, cancelled))
                .as("all three ends were met often enough to mean something")
                .allMatch(count -> count > 1_000);
    }

    private enum Result {
        FINISHED,
        FAILED,
        CANCELLED
    }

    /** What a worker holds, as the model sees it. */
    private static final class Hand {
        final Set<Long> held = new LinkedHashSet<>();
        Demand demand;
        Optional<List<Long>> revoked = Optional.empty();
        boolean retired;
        boolean closed;

        Hand(Demand demand) {
            this.demand = demand;
        }
    }

    /** One of several whose tasks are mixed; told apart by identity. */
    private static final class Caller implements TaskSink {
        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            throw new AssertionError("the table itself never delivers");
        }
    }

    private static final class Sequence {
        private final Random random;
        private final int maxAttempts;
        private final TaskTable table;
        private final List<TaskSink> sinks = List.of(new Caller(), new Caller(), new Caller(), new Caller());
        private final Map<Long, Task> tasks = new LinkedHashMap<>();
        private final Deque<Long> queue = new ArrayDeque<>();
        private final Map<Long, Hand> hands = new LinkedHashMap<>();
        private final Map<Long, Result> results = new HashMap<>();
        private final Map<Long, Integer> deathsAlone = new HashMap<>();
        /** Which death a task is suspected for; those of a solved one are cleared. */
        private final Map<Long, Integer> suspects = new HashMap<>();

        private int deaths;
        private final Set<Long> unwanted = new HashSet<>();
        private final List<TaskTable.Assignment> history = new ArrayList<>();
        private final long seed;
        private long lastProcess;
        private int step;

        Sequence(long seed) {
            this.random = new Random(seed);
            this.maxAttempts = 1 + random.nextInt(3);
            this.table = new TaskTable(Duration.ofSeconds(5));
            this.seed = seed;
        }

        int count(Result wanted) {
            return (int)
                    results.values().stream().filter(result -> result == wanted).count();
        }

        void step() {
            step++;
            int event = random.nextInt(100);
            if (event < 25) {
                add(1 + random.nextInt(6));
            } else if (event < 33) {
                ready();
            } else if (event < 38) {
                changeDemand();
            } else if (event < 65) {
                finish();
            } else if (event < 73) {
                finishSomethingStale();
            } else if (event < 82) {
                lose();
            } else if (event < 89) {
                revoke();
            } else if (event < 96) {
                giveBack();
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
                check(rounds <= tasks.size(), "healthy workers get on");
                assign();
                hands.forEach((process, hand) ->
                        List.copyOf(hand.held).forEach(taskId -> finish(process, taskId, attempt(taskId))));
            }
            check(table.isEmpty(), "nothing is left");
            check(table.assign().isEmpty(), "nothing is left to hand out");
            check(results.keySet().equals(tasks.keySet()), "each task has a result");
        }

        private void add(int count) {
            for (int i = 0; i < count; i++) {
                long id = tasks.size() + 1;
                byte[] payload = random.nextInt(4) == 0 ? null : new byte[random.nextInt(40)];
                Task task =
                        new Task(id, payload, Policies.attempts(maxAttempts), sinks.get(random.nextInt(sinks.size())));
                tasks.put(id, task);
                queue.addLast(id);
                table.add(task);
            }
        }

        private void ready() {
            if (hands.size() < 4) {
                workerReady();
            }
        }

        private void workerReady() {
            Hand hand = new Hand(anyDemand());
            hands.put(++lastProcess, hand);
            table.workerReady(lastProcess, hand.demand);
        }

        private void changeDemand() {
            anyProcess().ifPresent(process -> {
                Demand demand = anyDemand();
                hands.get(process).demand = demand;
                table.demand(process, demand);
            });
        }

        private void finish() {
            anyProcessOf(busy()).ifPresent(process -> {
                long taskId = any(List.copyOf(hands.get(process).held));
                finish(process, taskId, attempt(taskId));
                if (random.nextBoolean()) {
                    check(table.finish(process, taskId, attempt(taskId)).isEmpty(), "an outcome counts once");
                }
            });
        }

        private void finish(long process, long taskId, int attempt) {
            check(
                    table.finish(process, taskId, attempt)
                            .equals(Optional.of(new TaskTable.Finished(tasks.get(taskId), false))),
                    "an outcome counts");
            hands.get(process).held.remove(taskId);
            end(taskId, Result.FINISHED);
        }

        /** An outcome of something that was handed out at some time, and is not in that worker's hands any more. */
        private void finishSomethingStale() {
            if (history.isEmpty()) {
                return;
            }
            TaskTable.Assignment old = any(history);
            long taskId = old.task().id();
            Hand hand = hands.get(old.process());
            int attempt = old.attempt();
            if (hand != null && hand.held.contains(taskId)) {
                attempt = random.nextBoolean() ? attempt + 1 : attempt - 1;
            }
            check(table.finish(old.process(), taskId, attempt).isEmpty(), "a stale outcome does not count");
        }

        private void lose() {
            anyProcess().ifPresent(process -> {
                Hand hand = hands.remove(process);
                List<Long> held = List.copyOf(hand.held);
                List<Long> failed = new ArrayList<>();
                if (!hand.retired) {
                    int death = ++deaths;
                    if (held.size() == 1) {
                        Integer solved = suspects.get(held.get(0));
                        suspects.values().removeIf(of -> of.equals(solved));
                    }
                    held.forEach(taskId -> suspects.put(taskId, death));
                    if (held.size() == 1
                            && deathsAlone.merge(held.get(0), 1, Integer::sum) == maxAttempts
                            && !unwanted.contains(held.get(0))) {
                        failed.addAll(held);
                    }
                }
                TaskTable.Loss loss = table.workerLost(process, Policies.SOME_END);
                check(
                        loss.failed().stream()
                                .map(givenUp -> givenUp.task().id())
                                .toList()
                                .equals(failed),
                        "only the guilty fails, after its last attempt");
                failed.forEach(taskId -> end(taskId, Result.FAILED));
                settle(failed.isEmpty() ? held : List.of(), loss);
            });
        }

        /** What was in hands waits again, in its order, unless nobody wants it any more. */
        private void settle(List<Long> back, TaskTable.Loss loss) {
            List<Long> requeued =
                    back.stream().filter(taskId -> !unwanted.contains(taskId)).toList();
            List<Long> dropped = back.stream().filter(unwanted::contains).toList();
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
                Hand hand = hands.get(process);
                hand.closed = true;
                if (random.nextBoolean()) {
                    hand.retired = true;
                    table.retire(process);
                } else {
                    table.end(process);
                }
            });
        }

        private void revoke() {
            boolean nobodyIdles = idle().isEmpty();
            table.revocations().forEach((process, taskIds) -> {
                Hand hand = hands.get(process);
                check(!nobodyIdles || !queue.isEmpty(), "nothing is taken back if others could not do it");
                check(hand.revoked.isEmpty(), "nothing is asked for twice");
                check(hand.held.containsAll(taskIds), "only what is held is taken back");
                check(hand.held.size() == taskIds.size() + 1, "one task is left to the worker");
                hand.demand = new Demand(1, hand.demand.bytes());
                hand.revoked = Optional.of(taskIds);
            });
        }

        /** A worker answers a revocation: with what it has neither started nor finished meanwhile. */
        private void giveBack() {
            List<Long> asked = hands.entrySet().stream()
                    .filter(hand -> hand.getValue().revoked.isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
            anyProcessOf(asked).ifPresent(process -> {
                Hand hand = hands.get(process);
                List<Long> back = hand.revoked.orElseThrow().stream()
                        .filter(taskId -> hand.held.contains(taskId) && random.nextInt(5) > 0)
                        .toList();
                hand.revoked = Optional.empty();
                back.forEach(hand.held::remove);
                settle(back, table.returned(process, back));
            });
        }

        private void cancel() {
            TaskSink sink = any(sinks);
            List<Long> dropped = queue.stream()
                    .filter(taskId -> tasks.get(taskId).sink() == sink)
                    .toList();
            Map<Long, List<Long>> inHands = new HashMap<>();
            hands.forEach((process, hand) -> {
                List<Long> held = hand.held.stream()
                        .filter(taskId -> tasks.get(taskId).sink() == sink)
                        .toList();
                if (!held.isEmpty()) {
                    inHands.put(process, held);
                    unwanted.addAll(held);
                }
            });

            TaskTable.Cancellation cancellation = table.cancel(sink);

            check(ids(cancellation.dropped()).equals(dropped), "what waits is cancelled at once");
            check(cancellation.inHands().equals(inHands), "what is in hands is named");
            queue.removeAll(dropped);
            dropped.forEach(taskId -> end(taskId, Result.CANCELLED));
        }

        private void assign() {
            for (TaskTable.Assignment assignment : table.assign()) {
                long taskId = assignment.task().id();
                Hand hand = hands.get(assignment.process());
                check(Long.valueOf(taskId).equals(queue.pollFirst()), "first in, first out");
                check(!results.containsKey(taskId), "what has a result does not run again");
                check(!unwanted.contains(taskId), "what is cancelled does not run again");
                check(!hand.closed, "a worker that ends gets no more");
                check(assignment.attempt() == attempt(taskId), "only a death alone costs an attempt");
                check(
                        hands.values().stream().noneMatch(other -> other.held.contains(taskId)),
                        "nothing runs twice at once");
                hand.held.add(taskId);
                if (hand.held.size() > 1) {
                    long bytes = hand.held.stream()
                            .mapToLong(held -> tasks.get(held).size())
                            .sum();
                    check(hand.held.size() <= hand.demand.tasks(), "no more tasks than the demand");
                    check(bytes <= hand.demand.bytes(), "no more bytes than the demand");
                    check(hand.held.stream().noneMatch(suspects::containsKey), "a suspect runs alone");
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
            return 1 + deathsAlone.getOrDefault(taskId, 0);
        }

        private List<Long> busy() {
            return hands.entrySet().stream()
                    .filter(hand -> !hand.getValue().held.isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** Who could run something and has nothing to run. */
        private List<Long> idle() {
            return hands.entrySet().stream()
                    .filter(hand -> hand.getValue().held.isEmpty() && !hand.getValue().closed)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Demand anyDemand() {
            return new Demand(1 + random.nextInt(random.nextBoolean() ? 2 : 8), 20 + random.nextInt(100));
        }

        private Optional<Long> anyProcess() {
            return anyProcessOf(List.copyOf(hands.keySet()));
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
