package dev.pipelinebox.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** {@code docs/spring-boot.md}. */
final class Page {

    static final Path ROOT = Path.of("../..");

    private static final String TEXT = read(ROOT.resolve("docs/spring-boot.md"));

    private Page() {}

    /** The blocks of this language. */
    static List<String> blocks(String language) {
        return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(TEXT)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The only line of a command that has this in it. */
    static String command(String part) {
        List<String> found = blocks("sh").stream()
                .flatMap(String::lines)
                .filter(line -> line.contains(part))
                .toList();
        assertThat(found).as("commands with %s", part).hasSize(1);
        return found.get(0);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
