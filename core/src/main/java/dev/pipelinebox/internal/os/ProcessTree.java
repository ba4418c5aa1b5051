package dev.pipelinebox.internal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker's process and all that descend from it, even where the process in between is gone and the rest has another
 * parent: every one inherits a mark in its environment. Thread-safe.
 *
 * <p>The mark is read from {@code /proc}. Where there is none, as on macOS and Windows, the members are those that were
 * seen while their parents lived, twice a second, as long as the {@linkplain #awaitEnd head} lived. With {@code /proc}, a
 * process is not found that was started with an environment of its own, without the mark, or that has written over it.
 */
public final class ProcessTree {

    /**
     * The variable that carries the mark. A worker that is itself a caller of workers hands them its own mark along
     * with theirs: {@code outer:inner}.
     */
    public static final String VARIABLE = "PIPELINEBOX_WORKER";

    private static final String SEPARATOR = ":";
    private static final File PROCESSES = new File("/proc");

    /** Only a process that cannot be killed, or a family that grows faster than it is killed, takes so long. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** A process shows no environment for a moment while it turns into another program: one look is not enough. */
    private static final int CLEAN_LOOKS = 2;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private static final Duration BETWEEN_LOOKS_AT_PARENTS = Duration.ofMillis(500);

    private final String mark;
    private final SeenDescendants seen = new SeenDescendants();

    private ProcessTree(String mark) {
        this.mark = mark;
    }

    /**
     * A new family, whose first member is yet to be started.
     *
     * @return a family with a mark of its own; it begins with the process id of this process
     */
    public static ProcessTree create() {
        return new ProcessTree(ProcessHandle.current().pid() + "." + UUID.randomUUID());
    }

    /**
     * The family that this process is the head of.
     *
     * @return the family, or empty if this process was not started with a mark
     */
    public static Optional<ProcessTree> own() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .map(marks -> marks.substring(marks.lastIndexOf(SEPARATOR) + 1))
                .filter(mark -> !mark.isEmpty())
                .map(ProcessTree::new);
    }

    /**
     * Marks the environment with which the head of the family is started.
     *
     * @param environment the variables, changed in place
     */
    public void mark(Map<String, String> environment) {
        environment.merge(VARIABLE, mark, (outer, own) -> outer + SEPARATOR + own);
    }

    /**
     * Waits until the head of the family ends, and looks for its descendants meanwhile where they could not be found
     * afterwards.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    public void awaitEnd(Process head) throws InterruptedException {
        if (Capability.PROCESS_FILES.isThere()) {
            head.waitFor();
            return;
        }
        while (!head.waitFor(BETWEEN_LOOKS_AT_PARENTS.toMillis(), TimeUnit.MILLISECONDS)) {
            seen.look(head.toHandle());
        }
    }

    /**
     * Kills all living members but this process, and looks again until there is none. It takes some milliseconds, two
     * seconds at most.
     *
     * @return whether none is left, as far as can be seen
     */
    public boolean end() {
        long start = System.nanoTime();
        int clean = 0;
        while (true) {
            boolean found = Capability.PROCESS_FILES.isThere() ? killMarked() : seen.killSome();
            clean = found ? 0 : clean + 1;
            if (clean == CLEAN_LOOKS) {
                return true;
            }
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private boolean killMarked() {
        long self = ProcessHandle.current().pid();
        String[] names = PROCESSES.list();
        boolean found = false;
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0)) && isMember(name) && Long.parseLong(name) != self) {
                found = true;
                // A handle knows when its process was started; so if it is a member still, it is the one that is
                // killed.
                ProcessHandle.of(Long.parseLong(name))
                        .filter(member -> isMember(name))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        return found;
    }

    /** Ends a process by force, with the descendants that the system knows of. */
    public static void destroy(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Whether the process lives and has the mark; not for processes of others, whose environment cannot be read. */
    private boolean isMember(String pid) {
        try (FileInputStream environment = new FileInputStream(PROCESSES + "/" + pid + "/environ")) {
            return new String(environment.readAllBytes(), StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException goneOrOthers) {
            return false;
        }
    }
}
