package dev.pipelinebox.internal.hosts;

import static dev.pipelinebox.internal.hosts.HostFixture.facts;
import static dev.pipelinebox.internal.hosts.HostFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A master, a host and its worker with clocks of their own, messages that take any time or are lost, and pauses of each of
 * the three: when the master moves the tasks, neither the host nor the worker may run them any more.
 */
class LeaseOverlapPropertyTest {

    private static final int RUNS = 400;
    private static final double END = 120;

    @Test
    void theMasterMovesTasksOnlyAfterBothLeasesHaveExpired() {
        int lost = 0;
        int ran = 0;
        double shortest = Double.MAX_VALUE;
        for (long seed = 1; seed <= RUNS; seed++) {
            Run run = new Run(seed);
            run.run();
            lost += run.lostAt >= 0 ? 1 : 0;
            ran += run.hasWorkerRun ? 1 : 0;
            shortest =
                    run.lostAt >= 0 && run.hasWorkerRun ? Math.min(shortest, run.lostAt - run.workerRanAt) : shortest;
        }

        assertThat(lost).as("losses").isBetween(RUNS / 4, RUNS - 1);
        assertThat(ran).as("runs with a worker that had a lease").isGreaterThan(RUNS / 2);
        assertThat(shortest)
                .as("seconds between the end of a worker's lease and the move")
                .isBetween(0.0, 5.0);
    }

    private record Event(double at, Runnable action) {}

    /** One sequence. All times are seconds of true time; each party's own clock began elsewhere. */
    private static final class Run {

        private static final HostId ID = new HostId("a", 1);

        private final long seed;
        private final Random random;
        private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at));
        private final HostTable table = new HostTable(HostFixture.SETTINGS, Optional.empty());
        private final RunLease host = new RunLease(HostFixture.SETTINGS.leases().host());
        private final RunLease worker =
                new RunLease(HostFixture.SETTINGS.leases().worker());
        private final double hostOffset;
        private final double workerOffset;
        private final double loss;
        private final double longestDelay;
        private final double cutAt;
        private double now;
        private double masterPaused;
        private double masterPausedUntil;
        private double hostPausedUntil;
        private double workerPausedUntil;
        private double lostAt = -1;
        private double workerRanAt;
        private boolean hasWorkerRun;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            hostOffset = random.nextInt(1000);
            workerOffset = random.nextInt(1000);
            loss = random.nextInt(3) * 0.2;
            longestDelay = Math.pow(10, random.nextInt(5) - 3);
            cutAt = random.nextBoolean() ? random.nextInt(100) : END;
            table.join(ID, facts("a"), 0);
        }

        void run() {
            every(1, this::hostAsks);
            every(1, this::workerAsks);
            every(0.25, this::tick);
            every(0.05, this::look);
            every(3, this::pauseSomeone);
            while (!events.isEmpty() && events.peek().at() < END) {
                Event next = events.poll();
                now = next.at();
                next.action().run();
            }
        }

        private void hostAsks() {
            if (now < hostPausedUntil || host.hasExpired(hostTime())) {
                return;
            }
            long number = host.request(hostTime());
            long lastAnswered = host.lastAnswered();
            send(() -> masterHears(number, lastAnswered));
        }

        private void masterHears(long number, long lastAnswered) {
            if (now < masterPausedUntil) {
                at(masterPausedUntil, () -> masterHears(number, lastAnswered));
            } else if (table.onLeaseRequest(ID, number, lastAnswered, masterTime())) {
                send(() -> hostHears(number));
            }
        }

        private void hostHears(long number) {
            if (now < hostPausedUntil) {
                at(hostPausedUntil, () -> hostHears(number));
            } else {
                host.onAnswer(number);
            }
        }

        private void workerAsks() {
            if (now < workerPausedUntil) {
                return;
            }
            long number = worker.request(seconds(now + workerOffset));
            later(0.01, () -> hostAnswers(number));
        }

        private void hostAnswers(long number) {
            if (now < hostPausedUntil) {
                at(hostPausedUntil, () -> hostAnswers(number));
            } else if (host.isValid(hostTime())) {
                long age = host.age(hostTime());
                later(0.01, () -> workerHears(number, age));
            }
        }

        private void workerHears(long number, long age) {
            if (now < workerPausedUntil) {
                at(workerPausedUntil, () -> workerHears(number, age));
            } else {
                worker.onAnswer(number, age);
            }
        }

        private void tick() {
            if (now < masterPausedUntil) {
                return;
            }
            table.tick(masterTime(), false);
            if (table.takeChanges().stream().anyMatch(HostChange.Lost.class::isInstance)) {
                lostAt = now;
            }
        }

        private void look() {
            boolean workerRuns = worker.isValid(seconds(now + workerOffset));
            if (workerRuns) {
                hasWorkerRun = true;
                workerRanAt = now;
            }
            if (lostAt >= 0 && (workerRuns || host.isValid(hostTime()))) {
                fail("seed %d: runs at %f s, moved at %f s", seed, now, lostAt);
            }
        }

        private void pauseSomeone() {
            double until = now + random.nextInt(25);
            switch (random.nextInt(12)) {
                case 0 -> hostPausedUntil = until;
                case 1 -> workerPausedUntil = until;
                case 2 -> {
                    masterPaused += now < masterPausedUntil ? 0 : until - now;
                    masterPausedUntil = now < masterPausedUntil ? masterPausedUntil : until;
                }
                default -> {}
            }
        }

        /** That of the master stands still in a pause, and what it does comes after it. */
        private long masterTime() {
            return seconds(now - masterPaused);
        }

        private long hostTime() {
            return seconds(now + hostOffset);
        }

        private void send(Runnable arrival) {
            if (now < cutAt && random.nextDouble() >= loss) {
                later(0.001 + random.nextDouble() * longestDelay, arrival);
            }
        }

        private void every(double interval, Runnable action) {
            later(interval, () -> {
                action.run();
                every(interval, action);
            });
        }

        private void later(double delay, Runnable action) {
            at(now + delay, action);
        }

        private void at(double time, Runnable action) {
            events.add(new Event(time, action));
        }
    }
}
