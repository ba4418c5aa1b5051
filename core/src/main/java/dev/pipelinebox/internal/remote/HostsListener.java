package dev.pipelinebox.internal.remote;

import dev.pipelinebox.internal.hosts.HostChange;
import java.time.Duration;
import java.util.Collection;

/** Is told what becomes of hosts, and of workers that wait for one, on the thread of an actor. */
public interface HostsListener {

    /** Something became of a host. */
    void onChange(HostChange change);

    /** These processes are to be replaced by others elsewhere, when they have finished the tasks that they hold. */
    void onDrain(String host, Collection<Long> processes);

    /** A host was sent code. */
    void onCodeSent(String host, long bytes, Duration took);

    /** No host fits a worker, which waits. */
    void onUnplaced(int workerIndex, String reason);
}
