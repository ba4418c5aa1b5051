package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A {@link Stranger}, in a process of its own. */
record Attack(Process process, List<String> output) implements AutoCloseable {

    static Attack start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Stranger.class.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        Attack attack = new Attack(process, new CopyOnWriteArrayList<>());
        Thread listening = new Thread(() -> reader.lines().forEach(attack.output::add));
        listening.setDaemon(true);
        listening.start();
        return attack;
    }

    void awaitBegin() {
        await().atMost(PATIENCE).until(() -> output.contains(Stranger.BEGUN));
    }

    boolean hasJoined() {
        return output.contains(Stranger.MEMBER);
    }

    boolean isOn() {
        return process.isAlive();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
