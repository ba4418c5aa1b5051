package dev.pipelinebox.master;

/** What the tasks of a {@link Lane} have in common. */
sealed interface LaneKey {

    /**
     * They have equal keys of the user's. The hash code is taken in the thread of the caller who gives the key, and holds
     * whatever becomes of the key.
     */
    record OfUser(Object key, int hash) implements LaneKey {
        OfUser(Object key) {
            this(key, key.hashCode());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** They are for this worker and no other. */
    record ForWorker(int index) implements LaneKey {
        @Override
        public String toString() {
            return "worker " + index;
        }
    }
}
