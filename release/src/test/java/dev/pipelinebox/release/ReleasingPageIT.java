package dev.pipelinebox.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The commands of {@code docs/releasing.md} do what the page says. */
class ReleasingPageIT {

    private static final String NEXT = "98.7.6";
    private static final Path COPY = Checkout.TARGET.resolve("next-version");

    @Test
    void oneCommandSetsTheVersionEverywhere() throws Exception {
        Checkout.delete(COPY);
        Checkout.copy(Checkout.ROOT, COPY);

        run(COPY, block("new=").replace("new=0.2.0", "new=" + NEXT));

        List<Module> modules = new Module(COPY).withModulesBelow().toList();
        assertThat(modules)
                .hasSizeGreaterThan(3)
                .allSatisfy(module -> assertThat(module.pom().text("/project/parent/version")
                                + module.pom().text("/project/version"))
                        .as("%s", module)
                        .isEqualTo(NEXT));
        assertThat(read(COPY.resolve("README.md"))).contains("<version>" + NEXT + "</version>");
        if (Checkout.VERSION.endsWith("-SNAPSHOT")) { // which is the version of nothing else
            try (Stream<Path> files = Files.walk(COPY)) {
                assertThat(files.filter(Files::isRegularFile).filter(ReleasingPageIT::namesTheOldVersion))
                        .isEmpty();
            }
        }
    }

    @Test
    void theBaselineHasAllPublicClassesAndNoOthers() throws Exception {
        SecondBuild.run();

        run(SecondBuild.FOLDER, block("public-classes"));

        Path core = SecondBuild.FOLDER.resolve("core");
        assertThat(classes(core.resolve("api/0.2.0.jar")))
                .hasSizeGreaterThan(50)
                .containsExactlyInAnyOrderElementsOf(
                        classes(core.resolve("target/pipelinebox-core-" + Checkout.VERSION + ".jar")).stream()
                                .filter(name -> !name.contains("/internal/"))
                                .toList());
    }

    @Test
    void theProfileThatItUsesSignsAndPublishes() {
        assertThat(block("-Prelease")).isEqualTo("mvn -B -Prelease clean deploy\n");
        assertThat(new Module(Checkout.ROOT)
                        .pom()
                        .texts("/project/profiles/profile[id='release']/build/plugins/plugin/artifactId"))
                .containsExactly("maven-gpg-plugin", "central-publishing-maven-plugin");
    }

    /** The block of commands that has this text in it. */
    private static String block(String text) {
        String page = read(Checkout.ROOT.resolve("docs/releasing.md"));
        List<String> blocks = Pattern.compile("(?s)\n( *)```sh\n(.*?)```")
                .matcher(page)
                .results()
                .map(found ->
                        found.group(2).replace("\n" + found.group(1), "\n").strip() + "\n")
                .filter(block -> block.contains(text))
                .toList();
        assertThat(blocks).as(text).hasSize(1);
        return blocks.get(0);
    }

    private static void run(Path folder, String commands) throws IOException, InterruptedException {
        String path = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH");
        new Command(folder, Map.of("PATH", path), List.of("sh", "-e", "-c", commands)).succeeds();
    }

    private static List<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("dev/") && name.endsWith(".class"))
                    .toList();
        }
    }

    private static boolean namesTheOldVersion(Path file) {
        return read(file).contains(Checkout.VERSION);
    }

    /** Byte by byte, since not all files are text. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new AssertionError("cannot read " + file, unreadable);
        }
    }
}
