package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Answer;
import dev.pipelinebox.benchmarks.chaos.ChaosWorker.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Keeps the account of which question was asked and what was answered: each once, and rightly. Thread-safe. */
final class Ledger {

    private static final int MOST_COMPLAINTS = 10;

    private final long seed;
    private final BitSet answered = new BitSet();
    private final List<String> complaints = new ArrayList<>();
    private long asked;
    private int failures;
    private long lastResultAt = System.nanoTime();
    private long longestGap;

    Ledger(long seed) {
        this.seed = seed;
    }

    /** Questions without end, until this time by {@link System#nanoTime()}. */
    Iterator<Question> questionsUntil(long end) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return System.nanoTime() - end < 0;
            }

            @Override
            public Question next() {
                return ask();
            }
        };
    }

    private synchronized Question ask() {
        if (asked == Integer.MAX_VALUE) {
            throw new NoSuchElementException("No more than " + asked + " questions can be kept account of");
        }
        return Question.of(seed, ++asked);
    }

    /** From now on it counts how long no result comes. */
    synchronized void startClock() {
        lastResultAt = System.nanoTime();
    }

    synchronized void enter(TaskResult<Answer> result) {
        long now = System.nanoTime();
        longestGap = Math.max(longestGap, now - lastResultAt);
        lastResultAt = now;
        long number = result.taskId();
        if (number < 1 || number > asked) {
            complain("a result for task " + number + ", though only " + asked + " were given");
        } else if (answered.get((int) number)) {
            complain("task " + number + " has two results");
        } else {
            answered.set((int) number);
            check(result);
        }
    }

    private void check(TaskResult<Answer> result) {
        if (result instanceof TaskResult.Failure<Answer> failure) {
            failures++;
            complain("task " + result.taskId() + " failed: " + failure.error());
            return;
        }
        Answer found = result.value();
        Answer right = Question.of(seed, result.taskId()).answer();
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
        return answered.cardinality();
    }

    synchronized int failures() {
        return failures;
    }

    synchronized Duration longestGap() {
        return Duration.ofNanos(longestGap);
    }

    /** What was wrong up to now: results that should not be, and those that have not come. */
    synchronized List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        long missing = asked - answered.cardinality();
        if (missing > 0) {
            BitSet open = new BitSet();
            open.set(1, (int) asked + 1);
            open.andNot(answered);
            all.add(missing + " of " + asked + " tasks have no result, among them "
                    + open.stream().limit(MOST_COMPLAINTS).boxed().toList());
        }
        return all;
    }
}
