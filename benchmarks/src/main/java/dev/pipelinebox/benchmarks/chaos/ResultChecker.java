package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Reply;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Checks that each request has exactly one result, and the right one. Thread-safe. */
final class ResultChecker {

    private static final int MOST_COMPLAINTS = 10;

    private final long seed;
    private final BitSet replied = new BitSet();
    private final List<String> complaints = new ArrayList<>();
    private long asked;
    private int failures;
    private long lastResultAt = System.nanoTime();
    private long longestGap;

    ResultChecker(long seed) {
        this.seed = seed;
    }

    /** Endless requests, until this time by {@link System#nanoTime()}. */
    Iterator<Request> requestsUntil(long end) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return System.nanoTime() - end < 0;
            }

            @Override
            public Request next() {
                return ask();
            }
        };
    }

    private synchronized Request ask() {
        if (asked == Integer.MAX_VALUE) {
            throw new NoSuchElementException("No more than " + asked + " requests can be checked");
        }
        return Request.of(seed, ++asked);
    }

    /** Starts to measure the gaps between results. */
    synchronized void startClock() {
        lastResultAt = System.nanoTime();
    }

    synchronized void enter(TaskResult<Reply> result) {
        long now = System.nanoTime();
        longestGap = Math.max(longestGap, now - lastResultAt);
        lastResultAt = now;
        long number = result.taskId();
        if (number < 1 || number > asked) {
            complain("a result for task " + number + ", though only " + asked + " were given");
        } else if (replied.get((int) number)) {
            complain("task " + number + " has two results");
        } else {
            replied.set((int) number);
            check(result);
        }
    }

    private void check(TaskResult<Reply> result) {
        if (result instanceof TaskResult.Failure<Reply> failure) {
            failures++;
            complain("task " + result.taskId() + " failed: " + failure.error());
            return;
        }
        Reply found = result.value();
        Reply right = Request.of(seed, result.taskId()).reply();
        if (found.number() != right.number()
                || found.hash() != right.hash()
                || !Arrays.equals(found.payload(), right.payload())) {
            complain("task " + result.taskId() + " has a wrong result, numbered " + found.number());
        }
    }

    private void complain(String text) {
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(text);
        }
    }

    synchronized int done() {
        return replied.cardinality();
    }

    synchronized int failures() {
        return failures;
    }

    synchronized Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    /** The complaints so far: wrong, unexpected and missing results. */
    synchronized List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        long missing = asked - replied.cardinality();
        if (missing > 0) {
            BitSet open = new BitSet();
            open.set(1, (int) asked + 1);
            open.andNot(replied);
            all.add(missing + " of " + asked + " tasks have no result, among them "
                    + open.stream().limit(MOST_COMPLAINTS).boxed().toList());
        }
        return all;
    }
}
