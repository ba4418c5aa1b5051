package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The README, and the compiler that its programs are given to. */
final class Readme {

    static final String TEXT = text();

    private Readme() {}

    /** The blocks of this language. */
    static List<String> blocks(String language) {
        List<String> blocks = Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(TEXT)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).as(language).isNotEmpty();
        return blocks;
    }

    /** Compiles a program into a folder, strictly. */
    static void compile(Path folder, String program, String name, String classPath) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all,-options,-processing",
                    "-Werror",
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-cp",
                    classPath);
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s", complaints).isTrue();
        }
    }

    private static String text() {
        try {
            return Files.readString(Program.ROOT.resolve("README.md"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
