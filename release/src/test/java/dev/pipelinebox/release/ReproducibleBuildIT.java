package dev.pipelinebox.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two builds of the same sources make the same bytes. */
class ReproducibleBuildIT {

    @BeforeAll
    static void buildAgain() throws Exception {
        SecondBuild.run();
    }

    @Test
    void bothBuildsMakeTheSameBytes() throws IOException {
        for (Module module : Checkout.publishedModules()) {
            Path first = module.folder().resolve("target");
            Path second = SecondBuild.FOLDER
                    .resolve(Checkout.ROOT.relativize(module.folder()))
                    .resolve("target");
            List<String> made = published(module, first);
            assertThat(published(module, second)).containsExactlyElementsOf(made);
            for (String name : made) {
                assertThat(Files.mismatch(first.resolve(name), second.resolve(name)))
                        .as(() -> name + ", in which differ " + differences(first.resolve(name), second.resolve(name))
                                + "; if there was an older build, run mvn clean first")
                        .isEqualTo(-1);
            }
        }
    }

    private static List<String> published(Module module, Path target) throws IOException {
        if (!Files.exists(target)) {
            return List.of();
        }
        String artifact = module.artifactId() + "-" + Checkout.VERSION;
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.startsWith(artifact) && name.matches(".*\\.(jar|pom)") || name.equals("bom.json"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> differences(Path first, Path second) {
        if (!first.toString().endsWith(".jar")) {
            return List.of("its bytes");
        }
        Map<String, byte[]> entries = entries(first);
        Map<String, byte[]> others = entries(second);
        List<String> names = Stream.of(entries, others)
                .flatMap(jar -> jar.keySet().stream())
                .distinct()
                .filter(name -> !Arrays.equals(entries.get(name), others.get(name)))
                .toList();
        return names.isEmpty() ? List.of("order, times or rights of its entries") : names;
    }

    private static Map<String, byte[]> entries(Path jar) {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), content.readAllBytes());
                }
            }
        } catch (IOException unreadable) {
            throw new AssertionError("cannot read " + jar, unreadable);
        }
        return entries;
    }
}
