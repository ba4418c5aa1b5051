package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanArgumentsTest {

    @TempDir
    private Path folder;

    @Test
    void searchesFoldersInDepthAndNamesEachJarOnce() throws IOException {
        String deep = create("a/b/deep.jar");
        String flat = create("flat.jar");
        create("a/notes.txt");

        ScanArguments arguments = parse("", flat, folder.toString());

        assertThat(arguments.jars()).containsExactly(flat, deep);
    }

    @Test
    void takesANamedFileWhateverItsName() throws IOException {
        String war = create("app.war");

        assertThat(parse("", war).jars()).containsExactly(war);
    }

    @Test
    void takesTheJarsOfTheClassPathIfNothingIsNamed() throws IOException {
        String jar = create("one.jar");
        String classPath = String.join(File.pathSeparator, folder.toString(), jar, folder + "/gone.jar", "", jar);

        assertThat(parse(classPath).jars()).containsExactly(jar);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(folder.toString()))
                .withMessage("there is no jar on the class path; name jars or folders");
    }

    @Test
    void startsNoMoreWorkersThanThereAreJars() throws IOException {
        String one = create("one.jar");
        String two = create("two.jar");

        assertThat(parse("", "--workers", "5", one, two).workers()).isEqualTo(2);
        assertThat(parse("", "--workers", "1", one, two).workers()).isEqualTo(1);
        assertThat(parse("", one).workers()).isEqualTo(1);
    }

    private static ScanArguments parse(String classPath, String... args) {
        return ScanArguments.parse(args, classPath);
    }

    private String create(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file).toString();
    }
}
