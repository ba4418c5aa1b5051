package dev.pipelinebox.internal.task;

import java.util.Arrays;

/** What the tasks of a {@code AffinityQueue} have in common. */
public sealed interface AffinityKey {

    /** They have equal keys of the user's, written as bytes: the master's actor compares them and must not run user code. */
    record OfUser(byte[] key) implements AffinityKey {

        @Override
        public boolean equals(Object other) {
            return other instanceof OfUser that && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }

        @Override
        public String toString() {
            return "a key of " + key.length + " bytes";
        }
    }

    /** They are for this worker and no other. */
    record ForWorker(int index) implements AffinityKey {
        @Override
        public String toString() {
            return "worker " + index;
        }
    }
}
