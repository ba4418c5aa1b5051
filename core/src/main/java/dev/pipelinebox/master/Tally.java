package dev.pipelinebox.master;

/** How many tasks there were, and how they ended. Not thread-safe. */
final class Tally {

    private long added;
    private long done;
    private long failed;

    void added() {
        added++;
    }

    void ended(Outcome outcome) {
        if (outcome instanceof Outcome.Returned) {
            done++;
        } else {
            failed++;
        }
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }

    /** Those that have no outcome yet. */
    long open() {
        return added - done - failed;
    }
}
