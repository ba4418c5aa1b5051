package dev.pipelinebox.internal.launch.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.Sha256;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Another program with the same store. It does what it is told in lines, and ends with its standard input. */
record BlobProgram(Process process, BufferedReader answers) implements AutoCloseable {

    private static final int PIECE = 64 << 10;

    static BlobProgram start(Path cache) throws IOException {
        String classPath = Stream.of(BlobProgram.class, Sha256.class, LoggerFactory.class)
                .map(type -> CodeEntries.sourceOf(type).orElseThrow().toString())
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        BlobProgram.class.getName(),
                        cache.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new BlobProgram(process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
    }

    void tell(String command, Path file) throws IOException {
        process.getOutputStream().write((command + " " + file + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    String answer() throws IOException {
        return answers.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** The other program. */
    public static void main(String[] arguments) throws IOException {
        BlobStore store = BlobStore.open(Path.of(arguments[0]), BlobStore.DEFAULT_LIMIT);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", 2);
            System.out.println(done(store, words[0], Path.of(words[1])));
        }
    }

    private static String done(BlobStore store, String command, Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String digest = Sha256.of(file);
        switch (command) {
            case "pin" -> store.pin(List.of(digest));
            case "half" -> write(store.receive(digest, content.length), content, content.length / 2);
            default -> {
                BlobWriter writer = store.receive(digest, content.length);
                write(writer, content, content.length);
                return command + " " + writer.finish();
            }
        }
        return command;
    }

    static void write(BlobWriter writer, byte[] content, int end) throws IOException {
        for (int offset = (int) writer.position(); offset < end; offset += PIECE) {
            writer.write(offset, Arrays.copyOfRange(content, offset, Math.min(end, offset + PIECE)));
        }
    }
}
