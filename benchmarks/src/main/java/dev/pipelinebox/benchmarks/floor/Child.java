package dev.pipelinebox.benchmarks.floor;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that communicates in lines. It ends when its standard input ends. After a quarter of an hour it is killed,
 * so that no caller waits for ever. Not thread-safe.
 */
public final class Child implements AutoCloseable {

    private static final long LONGEST_MINUTES = 15;
    private static final long END_SECONDS = 30;

    private final String name;
    private final Process process;
    private final BufferedReader said;
    private final PrintWriter told;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.told = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES).execute(process::destroyForcibly);
    }

    /**
     * Starts a process.
     *
     * @param name its name in errors
     * @param command its command line
     * @return the process
     * @throws IOException if it cannot be started
     */
    public static Child start(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Child(name, process);
    }

    /**
     * Starts a JVM with the Java, the class path and the settings of this one, and default flags.
     *
     * @param main its main class
     * @param flags further flags
     * @param arguments its arguments
     * @return the process
     * @throws IOException if it cannot be started
     */
    public static Child java(Class<?> main, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaExecutable());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(property -> property.startsWith("pipelinebox."))
                .forEach(property -> command.add("-D" + property + "=" + System.getProperty(property)));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(main.getSimpleName(), command);
    }

    /** Called in such a process: ends it at once when its standard input ends. */
    public static void endWithStandardInput() {
        Thread thread = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException broken) {
                        // That is an end too.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "end-with-standard-input");
        thread.setDaemon(true);
        thread.start();
    }

    static String javaExecutable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Sends a line to it.
     *
     * @param line the line
     */
    public void tell(String line) {
        told.println(line);
    }

    /**
     * Waits for its next line.
     *
     * @return the line
     * @throws IOException if it has ended instead
     */
    public String hear() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new EOFException(name + " has ended without a reply");
        }
        return line;
    }

    /** Ends its standard input and waits until it has ended; kills it if it does not end. */
    @Override
    public void close() {
        told.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
