package dev.pipelinebox.environments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The page of the documentation that these tests are about.
 *
 * @param text what it says
 */
record Page(String text) {

    static Page read() throws IOException {
        return new Page(Files.readString(Path.of("..", "docs", "environments.md")));
    }

    /** The command line that calls this tool. */
    List<String> command(String tool) {
        String line = blocks("sh")
                .flatMap(String::lines)
                .filter(candidate -> candidate.startsWith(tool + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page does not call " + tool));
        return List.of(line.split(" "));
    }

    /** The lines of the first block of this language, without indentation. */
    List<String> block(String language) {
        return blocks(language)
                .findFirst()
                .map(block -> block.lines().map(String::strip).toList())
                .orElseThrow(() -> new AssertionError("the page has no block of " + language));
    }

    /** What stands in back quotes in the last column of its first table. */
    List<String> tests() {
        return Pattern.compile("\\| `(\\w+IT)` \\|\n")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** What stands in back quotes in the rows of a table that begin with this. */
    List<String> quoted(String row) {
        return text.lines()
                .filter(line -> line.startsWith(row))
                .flatMap(line ->
                        Pattern.compile("`([^`]+)`").matcher(line).results().map(found -> found.group(1)))
                .toList();
    }

    private Stream<String> blocks(String language) {
        return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(text)
                .results()
                .map(found -> found.group(1));
    }

    /** The indented lines of a file from the first to the last one of these, without indentation. */
    static List<String> section(Path file, String first, String last) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> all = lines.map(String::strip).toList();
            int start = all.indexOf(first);
            return all.subList(start, start + all.subList(start, all.size()).indexOf(last) + 1);
        }
    }
}
