package dev.pipelinebox.internal.os;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The processes that descend from others, as far as they were seen while their parents lived. For systems that show no
 * environment of a process. Thread-safe.
 */
final class SeenDescendants {

    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
    private final Set<ProcessHandle> killed = ConcurrentHashMap.newKeySet();

    /** Looks for those of one process, and of all that were seen before. */
    void look(ProcessHandle head) {
        seen.removeIf(process -> !process.isAlive());
        Stream.concat(Stream.of(head), seen.stream().toList().stream())
                .flatMap(ProcessHandle::descendants)
                .forEach(seen::add);
    }

    /**
     * Kills those that live; a handle knows when its process was started, so no other is meant.
     *
     * @return whether there was one that had not been killed before; it seems to live until its new parent takes note
     */
    boolean killSome() {
        boolean found = false;
        for (ProcessHandle process : seen) {
            process.descendants().forEach(seen::add);
            if (process.isAlive() && killed.add(process)) {
                found = true;
                process.destroyForcibly();
            }
        }
        return found;
    }
}
