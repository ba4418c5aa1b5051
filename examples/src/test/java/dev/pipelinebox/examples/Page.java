package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param file where it is in the repository
 * @param text what it says
 */
record Page(String file, String text) {

    /**
     * A block of code.
     *
     * @param file the page
     * @param line the number of its first line there
     * @param text the block
     */
    record Block(String file, int line, String text) {}

    static Page of(String file) {
        try {
            return new Page(file, Files.readString(Program.ROOT.resolve(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The blocks of this language. */
    List<Block> blocks(String language) {
        return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(text)
                .results()
                .map(found -> new Block(file, lineAt(found.start(1)), found.group(1)))
                .toList();
    }

    /** The first block of this language. */
    String block(String language) {
        List<Block> blocks = blocks(language);
        assertThat(blocks).as(language).isNotEmpty();
        return blocks.get(0).text();
    }

    /** What it points to and is not there: files of the repository, and headings in them. */
    List<String> brokenLinks() {
        return Pattern.compile("\\]\\(([^)]+)\\)")
                .matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains(":"))
                .filter(link -> !leadsSomewhere(link))
                .toList();
    }

    private boolean leadsSomewhere(String link) {
        Path here = Path.of(file);
        String[] target = link.split("#", 2);
        Path there = target[0].isEmpty() ? here : here.resolveSibling(target[0]).normalize();
        return Files.exists(Program.ROOT.resolve(there))
                && (target.length == 1 || of(there.toString()).anchors().contains(target[1]));
    }

    private Set<String> anchors() {
        return Stream.of(text.split("\n"))
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private int lineAt(int position) {
        return text.substring(0, position).split("\n", -1).length;
    }
}
