package dev.pipelinebox.internal.event;

import dev.pipelinebox.api.PoolEvent;
import java.util.Optional;

/** The lines for events of hosts. */
final class HostLines {

    private static final long MEBIBYTE = 1L << 20;

    private HostLines() {}

    /** The line for this event, if it is one of a host. */
    static Optional<String> of(PoolEvent event) {
        if (event instanceof PoolEvent.HostJoined joined) {
            return line(
                    joined.host(),
                    "joined from " + joined.address() + " with " + joined.processors() + " processors and "
                            + joined.memory() / MEBIBYTE + " MiB");
        } else if (event instanceof PoolEvent.HostUnsuitable unsuitable) {
            return line(unsuitable.host(), "gets no workers: " + unsuitable.reason());
        } else if (event instanceof PoolEvent.HostSilent silent) {
            return line(silent.host(), silence(silent));
        } else if (event instanceof PoolEvent.HostHeardAgain heard) {
            return line(heard.host(), "is heard again");
        } else if (event instanceof PoolEvent.HostLost lost) {
            return line(lost.host(), "was lost: " + lost.cause() + "; tasks moved: " + lost.tasksMoved());
        } else if (event instanceof PoolEvent.HostLeft left) {
            return line(left.host(), "left; tasks moved: " + left.tasksMoved());
        } else if (event instanceof PoolEvent.HostDrained drained) {
            return line(drained.host(), "is drained");
        } else if (event instanceof PoolEvent.CodeSent sent) {
            return line(
                    sent.host(),
                    "was sent " + sent.bytes() + " bytes of code in "
                            + sent.took().toMillis() + " ms");
        } else if (event instanceof PoolEvent.WorkerUnplaced unplaced) {
            return Optional.of("worker " + unplaced.workerIndex() + " waits: " + unplaced.reason());
        }
        return Optional.empty();
    }

    private static Optional<String> line(String host, String what) {
        return Optional.of("host " + host + " " + what);
    }

    private static String silence(PoolEvent.HostSilent silent) {
        String time = " for " + silent.since().toSeconds() + " s";
        return switch (silent.direction()) {
            case FROM_HOST -> "has not been heard" + time;
            case TO_HOST -> "has not heard the master" + time;
        };
    }
}
