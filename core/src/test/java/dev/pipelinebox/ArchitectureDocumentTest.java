package dev.pipelinebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The names in backticks in {@code docs/architecture.md} are those of the code. */
class ArchitectureDocumentTest {

    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "pipelinebox");
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "pipelinebox");

    private static final Pattern FENCE = Pattern.compile("(?s)```.*?```");
    private static final Pattern NAME = Pattern.compile("`([^`\n]+)`");
    private static final Pattern PACKAGE = Pattern.compile("api|actor|monitor|testkit|internal(\\.[a-z]+)*");
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(\\.(\\w+))?");
    private static final Pattern THREAD = Pattern.compile("pipelinebox-[a-z-]+");
    private static final Pattern SETTINGS = Pattern.compile("[a-z]+\\.conf");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    private static List<String> names;

    /** The text of the files of each type, by simple name. */
    private static final Map<String, String> TYPES = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        String page = FENCE.matcher(Files.readString(PAGE)).replaceAll("");
        names = NAME.matcher(page)
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();
        for (Path file : Stream.concat(files(SOURCES), files(TESTS)).toList()) {
            String text = Files.readString(file);
            TYPE.matcher(text).results().forEach(type -> TYPES.merge(type.group(1), text, String::concat));
        }
    }

    @Test
    void everyPackageExists() {
        assertThat(missing(
                        PACKAGE,
                        name -> Files.isDirectory(SOURCES.resolve(name.group().replace('.', '/')))))
                .isEmpty();
    }

    @Test
    void everyClassExistsAndHasTheMethodThatIsNamed() {
        assertThat(missing(CLASS, ArchitectureDocumentTest::isInTheCode)).isEmpty();
    }

    private static boolean isInTheCode(MatchResult name) {
        String source = TYPES.get(name.group(1));
        String method = name.group(3);
        return source != null
                && (method == null
                        || Pattern.compile("\\b" + method + "\\b")
                                .matcher(source)
                                .find());
    }

    @Test
    void everyThreadHasTheNameThatTheCodeGivesIt() {
        assertThat(missing(
                        THREAD,
                        name -> TYPES.values().stream().anyMatch(source -> source.contains('"' + name.group() + '"'))))
                .isEmpty();
    }

    @Test
    void everyFileOfSettingsExists() throws IOException {
        List<String> files;
        try (Stream<Path> all = Stream.concat(Files.walk(RESOURCES), Files.list(Path.of("..")))) {
            files = all.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(missing(SETTINGS, name -> files.contains(name.group()))).isEmpty();
    }

    /** Every room is on the page; it is described by its name, or together with the one above it. */
    @Test
    void everyRoomIsOnThePage() throws IOException {
        try (Stream<Path> rooms = Files.walk(SOURCES.resolve("internal"))) {
            assertThat(rooms.filter(Files::isDirectory).filter(ArchitectureDocumentTest::hasSources))
                    .map(room -> SOURCES.relativize(room).toString().replace('/', '.'))
                    .isSubsetOf(names);
        }
    }

    private static boolean hasSources(Path room) {
        String[] files = room.toFile().list();
        return files != null && Arrays.stream(files).anyMatch(file -> file.endsWith(".java"));
    }

    /** The names of this kind on the page, of which there are some, that are not found. */
    private static List<String> missing(Pattern kind, Predicate<MatchResult> isFound) {
        List<MatchResult> all = names.stream()
                .map(kind::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();
        assertThat(all).isNotEmpty();
        return all.stream().filter(isFound.negate()).map(MatchResult::group).toList();
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }
}
