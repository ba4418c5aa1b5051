package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.internal.launch.JvmFlags;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What workers inherit of the variables from which a JVM reads arguments: all but agents and ports. These belong to the
 * caller alone: a second JVM cannot open the same port, and an agent would tell of each worker as of another program.
 */
final class InheritedVariables {

    /** Separated by white space, which may stand in quotes. */
    private static final Pattern ARGUMENT = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

    private static final Pattern OF_CALLER =
            Pattern.compile("-javaagent:.*|-agentlib:.*|-agentpath:.*|-Xrun.*|-Xdebug|-Dcom\\.sun\\.management\\..*");

    private InheritedVariables() {}

    /**
     * Takes out what workers must not have.
     *
     * @param environment changed in place
     */
    static void restrict(Map<String, String> environment) {
        for (String name : JvmFlags.VARIABLES) {
            String rest = restricted(environment.getOrDefault(name, ""));
            if (rest.isEmpty()) {
                environment.remove(name);
            } else {
                environment.put(name, rest);
            }
        }
    }

    private static String restricted(String arguments) {
        return ARGUMENT.matcher(arguments)
                .results()
                .map(found -> found.group())
                .filter(argument ->
                        !OF_CALLER.matcher(argument.replaceAll("['\"]", "")).matches())
                .collect(Collectors.joining(" "));
    }
}
