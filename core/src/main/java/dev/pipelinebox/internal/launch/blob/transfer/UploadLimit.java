package dev.pipelinebox.internal.launch.blob.transfer;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * How many machines are sent blobs at a time; the others wait, in the order in which they came. Not thread-safe.
 *
 * @param <K> what tells one transfer from another
 */
public final class UploadLimit<K> {

    /** The limit if the user gives none. */
    public static final int DEFAULT = 4;

    private final int most;
    private final Set<K> running = new HashSet<>();
    private final Queue<K> waiting = new ArrayDeque<>();

    /**
     * A limit.
     *
     * @param most how many may run at a time
     */
    public UploadLimit(int most) {
        this.most = most;
    }

    /** Whether a transfer may begin now. If not, {@link #end} of another one tells when. */
    public boolean begin(K transfer) {
        if (running.size() < most) {
            running.add(transfer);
        } else if (!running.contains(transfer) && !waiting.contains(transfer)) {
            waiting.add(transfer);
        }
        return running.contains(transfer);
    }

    /** A transfer is done, or is not wanted any more. Returns the one that may begin now. */
    public Optional<K> end(K transfer) {
        if (!running.remove(transfer)) {
            waiting.remove(transfer);
            return Optional.empty();
        }
        Optional<K> next = Optional.ofNullable(waiting.poll());
        next.ifPresent(running::add);
        return next;
    }
}
