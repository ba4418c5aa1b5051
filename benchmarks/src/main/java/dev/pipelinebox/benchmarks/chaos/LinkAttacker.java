package dev.pipelinebox.benchmarks.chaos;

import dev.pipelinebox.benchmarks.floor.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Breaks the sockets between the master and its workers from outside, by a Python program that duplicates them. That takes
 * Linux, Python, and a system that lets a process trace others of its user.
 */
final class LinkAttacker implements AutoCloseable {

    private final Child python;

    private LinkAttacker(Child python) {
        this.python = python;
    }

    /** One that works here; empty if there is none. */
    static Optional<LinkAttacker> start() throws IOException {
        try (InputStream script = LinkAttacker.class.getResourceAsStream("link.py")) {
            String program = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            return started(program);
        }
    }

    private static Optional<LinkAttacker> started(String program) {
        try {
            LinkAttacker attacker =
                    new LinkAttacker(Child.start("the attacker of links", List.of("python3", "-c", program)));
            attacker.python.hear();
            return Optional.of(attacker);
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Ends the connection of this worker; tells whether it had one. */
    boolean cut(long pid) throws IOException {
        return tell("cut " + pid);
    }

    /** Sends the beginning of a frame in the name of this worker; tells whether it had a connection. */
    boolean feedHalfAFrame(long pid) throws IOException {
        return tell("half " + pid);
    }

    /** Stops the thread that reads and writes, for so long, and no other; tells whether there was one. */
    boolean stall(long pid, double seconds) throws IOException {
        return tell("stall " + pid + " " + seconds);
    }

    private boolean tell(String command) throws IOException {
        python.tell(command);
        return python.hear().equals("done");
    }

    /** Threads that are stopped go on. */
    @Override
    public void close() {
        python.close();
    }
}
