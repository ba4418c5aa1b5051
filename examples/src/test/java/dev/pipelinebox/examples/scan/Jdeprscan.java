package dev.pipelinebox.examples.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code jdeprscan} of the running JDK, which is the judge of the scanner, run as a process of its own. Its lines
 * are put into the words of {@link ApiUse}; what it says of the same use several times is said once.
 */
public final class Jdeprscan {

    private static final Path TOOL = Path.of(System.getProperty("java.home"), "bin", "jdeprscan");
    private static final String TYPE_VARIABLE = "TYPEVAR";
    private static final Pattern JAR = Pattern.compile("Jar file (?<jar>.+):");
    private static final Pattern LINE = Pattern.compile("(?:class|interface|enum|@interface) (?<user>\\S+) "
            + "(?<use>.* deprecated (?:class|interface|method|field|type|parameter type|return type)) (?<api>\\S+) "
            + "\\(forRemoval=true\\)");

    private final Path folder;
    private final Path database;

    /**
     * Has the tool write down the deprecations that it knows, to be read again for the scan: that saves seconds.
     *
     * @param folder where to keep them
     */
    public Jdeprscan(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.database = folder.resolve("deprecations.csv");
        Files.write(database, run("--for-removal", "--Xprint-csv"));
    }

    /** Returns the API that it knows to be deprecated for removal, spelled as {@link RemovalIndex} does. */
    public Set<String> apis() throws IOException {
        Set<String> apis = new TreeSet<>();
        for (String line : Files.readAllLines(database)) {
            if (!line.startsWith("#")) {
                apis.add(api(line).replace(TYPE_VARIABLE, "Ljava/lang/Object;"));
            }
        }
        return apis;
    }

    /**
     * Returns the API that it knows but finds no use of: it writes a type variable as {@code TYPEVAR}, where a class
     * file has the type that the variable is erased to.
     */
    public Set<String> blindSpots() throws IOException {
        Set<String> apis = new TreeSet<>();
        for (String line : Files.readAllLines(database)) {
            if (line.contains(TYPE_VARIABLE)) {
                apis.add(api(line).replace(TYPE_VARIABLE, "Ljava/lang/Object;"));
            }
        }
        return apis;
    }

    private static String api(String line) {
        String[] cells = line.split(",", -1);
        return cells[2].isEmpty() ? cells[1] : RemovalIndex.member(cells[1], cells[2]);
    }

    /** Returns what it finds in each of the jars, as {@link #describe} words it; one process scans them all. */
    public Map<Path, Set<String>> scan(List<Path> jars) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--for-removal", "--Xload-csv", database.toString()));
        jars.forEach(jar -> arguments.add(jar.toString()));
        Map<Path, Set<String>> found = new HashMap<>();
        jars.forEach(jar -> found.put(jar, new TreeSet<>()));
        Set<String> uses = new TreeSet<>();
        for (String line : run(arguments.toArray(String[]::new))) {
            Matcher heading = JAR.matcher(line);
            if (heading.matches()) {
                uses = found.get(Path.of(heading.group("jar")));
            } else {
                uses.add(describe(line));
            }
        }
        return found;
    }

    /** Words a use for comparison. */
    public static String describe(ApiUse use) {
        return use.user() + " " + use.kind() + " " + use.api();
    }

    private static String describe(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("jdeprscan says what this test does not understand: " + line);
        }
        String api = matcher.group("api").replace("::", ".");
        return matcher.group("user") + " " + kind(matcher.group("use")) + " " + api;
    }

    private static ApiUse.Kind kind(String use) {
        if (use.startsWith("has field named ")) {
            return ApiUse.Kind.FIELD_TYPE;
        }
        if (use.startsWith("has method named ")) {
            return use.endsWith(" return type") ? ApiUse.Kind.RETURN_TYPE : ApiUse.Kind.PARAMETER_TYPE;
        }
        return switch (use) {
            case "extends deprecated class" -> ApiUse.Kind.EXTENDS;
            case "implements deprecated interface" -> ApiUse.Kind.IMPLEMENTS;
            case "uses deprecated class" -> ApiUse.Kind.CLASS;
            case "uses deprecated method" -> ApiUse.Kind.METHOD;
            case "uses deprecated field" -> ApiUse.Kind.FIELD;
            case "overrides deprecated method" -> ApiUse.Kind.OVERRIDE;
            default -> throw new AssertionError("jdeprscan names a use that this test does not know: " + use);
        };
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(TOOL.toString(), "-J-Duser.language=en"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "jdeprscan", ".out");
        Path err = Files.createTempFile(folder, "jdeprscan", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String errors = Files.readString(err);
        if (!ended || process.exitValue() != 0 || errors.contains("unexpected exception")) {
            throw new AssertionError(command + (ended ? " failed: " : " takes too long: ") + errors);
        }
        return Files.readAllLines(out);
    }
}
