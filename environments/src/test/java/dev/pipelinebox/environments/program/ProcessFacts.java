package dev.pipelinebox.environments.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a process finds where it runs.
 *
 * @param pid its process id
 * @param properties its system properties
 * @param arguments those of its JVM, from the command line, files and variables
 * @param variables those from which a JVM or its launcher reads arguments
 * @param resource the content of a resource of the program; "" if there is none
 */
public record ProcessFacts(
        long pid,
        Map<String, String> properties,
        List<String> arguments,
        Map<String, String> variables,
        String resource) {

    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Those of this process. */
    static ProcessFacts current(String resource) {
        return new ProcessFacts(
                ProcessHandle.current().pid(),
                System.getProperties().stringPropertyNames().stream()
                        .collect(Collectors.toMap(name -> name, System::getProperty)),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                VARIABLES.stream()
                        .filter(System.getenv()::containsKey)
                        .collect(Collectors.toMap(name -> name, System::getenv)),
                read(resource));
    }

    private static String read(String resource) {
        try (InputStream content = ProcessFacts.class.getResourceAsStream("/" + resource)) {
            return content == null ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
