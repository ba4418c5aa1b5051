package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short examples at their work, over the library's own sources; one with worker processes, to save their start. */
class ExamplesIT {

    private static final Path SOURCES = Program.ROOT.resolve("core/src/main/java/dev/pipelinebox/api");

    /** The library's API, one source with a method of 500 lines and a thousand calls, and a broken one. */
    @TempDir
    private static Path folder;

    /** All sources of the library in one file. */
    private static Path book;

    @BeforeAll
    static void copyTheSources() throws IOException {
        for (Path source : javaFiles(SOURCES)) {
            Files.copy(source, folder.resolve(source.getFileName()));
        }
        Files.writeString(
                folder.resolve("Busy.java"),
                "class Busy { void busy() {\n" + "Math.abs(Math.abs(1));\n".repeat(500) + "} }");
        Files.writeString(folder.resolve("Broken.java"), "class Broken {");
        StringBuilder text = new StringBuilder();
        for (Path source : javaFiles(Program.ROOT.resolve("core/src"))) {
            text.append(Files.readString(source));
        }
        book = Files.writeString(folder.resolve("book.txt"), text);
    }

    @Test
    void manyThreadsAskAtATime() throws Exception {
        Printed printed = Printed.by(() -> AskFromManyThreads.main(new String[] {folder.toString()}));

        assertThat(printed.out().get(0)).isEqualTo("502 busy " + folder.resolve("Busy.java"));
        assertThat(printed.out().subList(1, 5))
                .allSatisfy(line ->
                        assertThat(line).matches("[0-9]+ .+ " + Pattern.quote(folder.toString()) + "/.+\\.java"));
        assertThat(printed.out()).hasSize(6).last().asString().matches("[0-9]+ methods");
        assertThat(String.join("\n", printed.err()))
                .contains("Broken.java:1: ")
                .contains("reached end of file while parsing");
    }

    @Test
    void blocksAreTakenAsTheyFinishOrInOrder() throws Exception {
        Path compressed = folder.resolve("book.gz");

        Printed printed = Printed.inProcess(
                () -> OrderedAndUnordered.main(new String[] {book.toString(), compressed.toString()}));

        try (InputStream plain = new GZIPInputStream(Files.newInputStream(compressed))) {
            assertThat(plain.readAllBytes()).isEqualTo(Files.readAllBytes(book));
        }
        assertThat(Files.size(book)).isGreaterThan(3 * 256 * 1024);
        assertThat(printed.out())
                .hasSize(4)
                .contains("level 9 makes " + Files.size(compressed) + " bytes of " + Files.size(book))
                .endsWith(compressed + " is written with level 9");
    }

    @Test
    void anAkkaStreamReadsAFileLineByLine() throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : Files.readString(book).toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            counts.merge(word, 1, Integer::sum);
        }

        Printed printed = Printed.inProcess(() -> LinesThroughAkkaStream.main(new String[] {book.toString()}));

        assertThat(printed.out()).hasSize(11).endsWith(counts.size() + " different words");
        assertThat(printed.out().subList(0, 10)).allSatisfy(line -> {
            String[] parts = line.split(" ");
            assertThat(counts).containsEntry(parts[1], Integer.valueOf(parts[0]));
        });
        int[] shown = printed.out().stream()
                .limit(10)
                .mapToInt(line -> Integer.parseInt(line.split(" ")[0]))
                .toArray();
        int[] greatest =
                counts.values().stream().mapToInt(count -> count).sorted().toArray();
        assertThat(Arrays.copyOfRange(greatest, greatest.length - 10, greatest.length))
                .containsExactly(Arrays.stream(shown).sorted().toArray());
    }

    @Test
    void whatOneStageReturnsTheNextOneTakes() throws Exception {
        Printed printed = Printed.inProcess(() -> StagesOfAPipeline.main(new String[] {folder.toString()}));

        assertThat(printed.out()).hasSize(10).first().isEqualTo("1000 java.lang.Math.abs");
        assertThat(printed.out()).anyMatch(line -> line.endsWith(" dev.pipelinebox.api.PipelineBoxException.<init>"));
        assertThat(String.join("\n", printed.err()))
                .startsWith("Stage 1 (dev.pipelinebox.examples.StagesOfAPipeline$Compiler) failed: ")
                .contains("Broken.java:1: ")
                .contains("1 error");
    }

    @Test
    void eachFileIsParsedOnceThoughManyQueriesRunOnIt() throws Exception {
        String[] files = Stream.of("pom.xml", "core/pom.xml", "examples/pom.xml")
                .map(name -> Program.ROOT.resolve(name).toString())
                .toArray(String[]::new);

        Printed printed = Printed.by(() -> KeyedCache.main(
                new String[] {files[0], files[1], files[2], "/project/artifactId", "count(//dependency) > 1"}));

        assertThat(printed.out())
                .hasSize(7)
                .contains(files[1] + " /project/artifactId pipelinebox-core")
                .contains(files[1] + " count(//dependency) > 1 true")
                .endsWith("6 queries on 3 files, parsed 3 times");
    }

    @Test
    void anActorOfAnApplicationHasItsFilesReadByWorkersInItsCluster() throws Exception {
        String broken = folder.resolve("Broken.java").toString();
        String busy = folder.resolve("Busy.java").toString();

        Printed printed = Printed.by(() -> InsideAnActorSystem.main(new String[] {"busy", broken, busy}));

        assertThat(printed.out()).contains(busy).doesNotContain(broken);
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** What an example printed, in lines, while it ran in this JVM. */
    private record Printed(List<String> out, List<String> err) {

        private static final String IN_PROCESS = "pipelinebox.test.in-process";

        private interface Example {
            void run() throws Exception;
        }

        /** The workers run in this JVM, too. */
        static Printed inProcess(Example example) throws Exception {
            System.setProperty(IN_PROCESS, "true");
            ConfigFactory.invalidateCaches();
            try {
                return by(example);
            } finally {
                System.clearProperty(IN_PROCESS);
                ConfigFactory.invalidateCaches();
            }
        }

        static Printed by(Example example) throws Exception {
            PrintStream standardOut = System.out;
            PrintStream standardErr = System.err;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            try {
                example.run();
            } finally {
                System.setOut(standardOut);
                System.setErr(standardErr);
            }
            return new Printed(lines(out), lines(err));
        }

        private static List<String> lines(ByteArrayOutputStream text) {
            return text.toString(StandardCharsets.UTF_8).lines().toList();
        }
    }
}
