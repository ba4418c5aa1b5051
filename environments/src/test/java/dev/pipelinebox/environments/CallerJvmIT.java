package dev.pipelinebox.environments;

import static dev.pipelinebox.environments.Launch.classPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.environments.agent.Agent;
import dev.pipelinebox.environments.program.ProcessFacts;
import dev.pipelinebox.environments.program.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM of a worker has from the JVM of the program, and what it has not. */
@ExtendWith(NoProcessLeft.class)
class CallerJvmIT {

    /** What lets code do more, which a worker's code needs as the program's does. */
    static final List<String> PERMISSIONS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-reads=java.base=ALL-UNNAMED",
            "--add-modules=java.sql",
            "--enable-native-access=ALL-UNNAMED",
            "--enable-preview");

    private static final String DEBUG_PORT = "transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

    @TempDir
    private static Path folder;

    private static Path agent;

    @BeforeAll
    static void pack() throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        agent = Packed.writeJar(
                folder.resolve("agent.jar"),
                manifest,
                jar -> Packed.put(jar, Packed.classFile(Agent.class), Packed.bytes(Agent.class)));
    }

    @Test
    void ofTheCommandLineAWorkerHasOnlyWhatLetsItsCodeDoMore() throws Exception {
        List<String> others = List.of(
                "-agentlib:jdwp=" + DEBUG_PORT,
                "-javaagent:" + agent + "=caller",
                "-Denvironments.caller=yes",
                "-Xshare:off",
                "-Xmx300m",
                "-XX:+UseParallelGC");
        List<String> arguments = new ArrayList<>(others);
        arguments.addAll(PERMISSIONS);

        Report report = run(folder, arguments).run().report();

        assertThat(report.caller().arguments()).containsAll(others);
        assertThat(report.caller().properties()).containsEntry(Agent.TRACE, "caller");
        assertThat(report.worker().arguments())
                .containsAll(permissions(report.caller()))
                .doesNotContainAnyElementsOf(others);
        assertThat(report.worker().properties()).doesNotContainKeys(Agent.TRACE, "environments.caller");
    }

    @Test
    void ofTheVariablesAWorkerHasAllButAgentsAndPorts() throws Exception {
        Path settings = Files.createDirectory(folder.resolve("settings"));
        Files.writeString(
                settings.resolve("application.conf"),
                "pipelinebox.worker.jvm-arguments = [\"-javaagent:" + agent + "=worker\"]");
        Launch launch = run(settings, List.of())
                .with(
                        "JAVA_TOOL_OPTIONS",
                        "-Xdebug '-Denvironments.tool=good morning' -Xrunjdwp:" + DEBUG_PORT
                                + " -Dcom.sun.management.jmxremote.port=0"
                                + " -Dcom.sun.management.jmxremote.authenticate=false"
                                + " -Dcom.sun.management.jmxremote.ssl=false")
                .with("JDK_JAVA_OPTIONS", "\"-javaagent:" + agent + "=caller\" -Denvironments.launcher=yes")
                .with("_JAVA_OPTIONS", "-Denvironments.last=yes");

        Report report = launch.run().report();

        assertThat(report.caller().properties())
                .containsEntry(Agent.TRACE, "caller")
                .containsEntry("com.sun.management.jmxremote.port", "0");
        assertThat(report.worker().properties())
                .containsEntry("environments.tool", "good morning")
                .containsEntry("environments.launcher", "yes")
                .containsEntry("environments.last", "yes")
                .containsEntry(Agent.TRACE, "worker")
                .doesNotContainKey("com.sun.management.jmxremote.port");
        assertThat(report.worker().arguments()).noneMatch(argument -> argument.startsWith("-Xrun"));
    }

    /** As the JVM writes them. */
    private static List<String> permissions(ProcessFacts caller) {
        List<String> found = caller.arguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-"))
                .toList();
        assertThat(found).hasSameSizeAs(PERMISSIONS);
        return found;
    }

    private static Launch run(Path configuration, List<String> arguments) {
        return Launch.java(Stream.concat(
                        arguments.stream(),
                        Stream.of(
                                "-cp",
                                classPath(
                                        configuration,
                                        Packed.jar(),
                                        classPath(Packed.libraries().toArray())),
                                Packed.PROGRAM))
                .toArray(String[]::new));
    }
}
