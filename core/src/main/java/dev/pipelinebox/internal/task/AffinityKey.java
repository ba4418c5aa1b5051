package dev.pipelinebox.internal.task;

/** What the tasks of a {@code AffinityQueue} have in common. */
public sealed interface AffinityKey {

    /**
     * They have equal keys of the user's. The hash code is taken in the thread of the caller who gives the key, and holds
     * whatever becomes of the key; a key that cannot be compared with another is not equal to it.
     */
    record OfUser(Object key, int hash) implements AffinityKey {
        OfUser(Object key) {
            this(key, key.hashCode());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OfUser that && hash == that.hash && isEqualTo(that.key);
        }

        /** It is called by the master's actor, which user code must not stop. */
        private boolean isEqualTo(Object other) {
            try {
                return key == other || key.equals(other);
            } catch (Throwable incomparable) {
                return false;
            }
        }

        @Override
        public int hashCode() {
            return hash;
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
