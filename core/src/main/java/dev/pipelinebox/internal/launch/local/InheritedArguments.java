package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.internal.os.OwnCommandLine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of the caller's JVM without which its classes might not work in another one: what modules there are and
 * what they open, and whether there are preview features. All others concern the caller alone.
 */
public final class InheritedArguments {

    private static final Set<String> OF_MODULES =
            Set.of("--add-modules", "--add-exports", "--add-opens", "--add-reads", "--enable-native-access");

    private static final String PREVIEW = "--enable-preview";

    /** Further options of the launcher whose value is an argument of its own. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--limit-modules",
            "--patch-module",
            "--source");

    /** After these, the program's own arguments begin. */
    private static final Set<String> LAST = Set.of("-jar", "-m", "--module");

    private InheritedArguments() {}

    /** Those of this JVM. */
    public static List<String> current() {
        return OwnCommandLine.words().flatMap(InheritedArguments::ofLauncher).orElseGet(() -> chosen(ofThisJvm()));
    }

    /**
     * From the command line, which is read quicker than the JVM is asked.
     *
     * @return empty if the command line does not tell: of another launcher, or with an argument file
     */
    static Optional<List<String>> ofLauncher(List<String> words) {
        if (!isJava(Path.of(words.get(0)))) {
            return Optional.empty();
        }
        List<String> arguments = new ArrayList<>();
        Iterator<String> rest = words.subList(1, words.size()).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.startsWith("@")) {
                return Optional.empty();
            }
            if (!word.startsWith("-") || LAST.contains(word)) {
                break;
            }
            boolean valueFollows = (WITH_VALUE.contains(word) || OF_MODULES.contains(word)) && rest.hasNext();
            arguments.add(valueFollows ? word + "=" + rest.next() : word);
        }
        return Optional.of(chosen(arguments));
    }

    private static boolean isJava(Path command) {
        String name = command.getFileName() == null ? "" : command.getFileName().toString();
        return name.equals("java") || name.equals("java.exe") || name.equals("javaw.exe");
    }

    private static List<String> chosen(List<String> arguments) {
        return arguments.stream().filter(InheritedArguments::isInherited).toList();
    }

    private static boolean isInherited(String argument) {
        int equals = argument.indexOf('=');
        return argument.equals(PREVIEW) || (equals > 0 && OF_MODULES.contains(argument.substring(0, equals)));
    }

    /** The first call in a JVM loads its management classes, which takes some 50 ms. */
    private static List<String> ofThisJvm() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
