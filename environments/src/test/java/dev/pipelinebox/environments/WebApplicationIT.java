package dev.pipelinebox.environments;

import static dev.pipelinebox.environments.Launch.classPath;
import static dev.pipelinebox.environments.LaunchedProgram.classPath;
import static dev.pipelinebox.environments.LaunchedProgram.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.environments.container.EmbeddedTomcat;
import dev.pipelinebox.environments.program.Report;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A web archive in Tomcat: embedded in a program, and stand-alone, where it is unpacked, or another one is not. */
@ExtendWith(NoProcessLeft.class)
class WebApplicationIT {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** With a port that the system chooses, and none for shutting down. */
    private static final String SERVER = """
            <Server port="-1">
              <Service name="Catalina">
                <Connector address="127.0.0.1" port="0" protocol="HTTP/1.1" />
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true" />
                </Engine>
              </Service>
            </Server>
            """;

    /** It would look into all jars for what the application has in one of them at most. */
    private static final String CONTEXT = """
            <Context>
              <JarScanner>
                <JarScanFilter defaultTldScan="false" defaultPluggabilityScan="false" pluggabilityScan="program.jar" />
              </JarScanner>
            </Context>
            """;

    @TempDir
    private Path folder;

    @Test
    void inAnEmbeddedTomcatItsWorkersLiveAsLongAsItIsDeployed() throws Exception {
        Path classes = Packed.copyClasses(folder.resolve("classes"), EmbeddedTomcat.class);
        Files.createDirectories(folder.resolve("webapps"));
        Launch launch = Launch.java(
                "-cp",
                classPath(classes, classPath(tomcatEmbedded().toArray())),
                EmbeddedTomcat.class.getName(),
                folder.toString(),
                Packed.webArchive().toString());
        try (RunningContainer tomcat = RunningContainer.start(launch, Pattern.compile("\nport (\\d+)\n"))) {
            tomcat.tell("deploy");
            Report first = tomcat.awaitReport("/app");
            tomcat.tell("undeploy");
            awaitEnd(first);
            tomcat.tell("deploy again");
            Report second = tomcat.awaitReport("/app");
            assertThat(tomcat.printed()).contains("undeployed").doesNotContain("create a memory leak");
            tomcat.stop();

            assertThat(names(classPath(first)))
                    .contains("classes")
                    .anyMatch(name -> name.startsWith("pipelinebox-core-"));
            assertThat(classPath(second)).isEqualTo(classPath(first));
            awaitEnd(second);
        }
    }

    @Test
    void inAStandAloneTomcatItRunsUnpackedAndAsItIsAtTheSameTime() throws Exception {
        Path applications = tomcatBase();
        Path unpacked = applications.resolve("unpacked.war");
        deploy(unpacked);
        Launch launch = Launch.of(
                        "sh", Packed.tomcat().resolve("bin/catalina.sh").toString(), "run")
                .with("CATALINA_BASE", folder.toString())
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("CATALINA_OPTS", Launch.NO_ARCHIVE);
        try (RunningContainer tomcat =
                RunningContainer.start(launch, Pattern.compile("Starting ProtocolHandler .*-(\\d+)\"]"))) {
            Report packed = tomcat.awaitReport("/packed");
            Report first = tomcat.awaitReport("/unpacked");
            Files.delete(unpacked);
            tomcat.awaitUndeployed("/unpacked");
            awaitEnd(first);
            deploy(unpacked);
            Report second = tomcat.awaitReport("/unpacked");

            assertThat(classPath(packed)).anyMatch(entry -> entry.startsWith(Launch.CACHE));
            assertThat(names(classPath(packed))).contains("program.jar", "classes.jar");
            assertThat(packed.worker().resource()).isEqualTo("packed");
            assertThat(classPath(first)).contains(applications.resolve("unpacked/WEB-INF/classes"));
            assertThat(classPath(second)).isEqualTo(classPath(first));
            assertThat(tomcat.awaitReport("/packed").worker().pid())
                    .isEqualTo(packed.worker().pid());
            tomcat.stop();
            Stream.of(packed, second).forEach(WebApplicationIT::awaitEnd);
        }
    }

    /** The folders of a Tomcat that shares its installation with others, and how an application is not unpacked. */
    private Path tomcatBase() throws IOException {
        Path conf = Files.createDirectories(folder.resolve("conf/Catalina/localhost"));
        Files.writeString(
                conf.resolve("packed.xml"), "<Context docBase=\"" + packedArchive() + "\" unpackWAR=\"false\" />");
        Files.writeString(folder.resolve("conf/server.xml"), SERVER);
        Files.writeString(folder.resolve("conf/context.xml"), CONTEXT);
        for (String file : List.of("web.xml", "catalina.properties", "logging.properties")) {
            Files.copy(
                    Packed.tomcat().resolve("conf").resolve(file),
                    folder.resolve("conf").resolve(file));
        }
        Files.createDirectories(folder.resolve("temp"));
        return Files.createDirectories(folder.resolve("webapps"));
    }

    /**
     * With the libraries in Tomcat's own folder: for each class of a jar in an archive that is not unpacked, Tomcat reads the
     * jar from its beginning, so that a start with all of them there takes a minute.
     */
    private Path packedArchive() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("lib"));
        for (Path library : Packed.libraries()) {
            Files.copy(library, shared.resolve(library.getFileName()));
        }
        return Packed.writeJar(folder.resolve("packed.war"), new Manifest(), archive -> {
            for (String directory : List.of("WEB-INF/", "WEB-INF/lib/", "WEB-INF/classes/")) {
                Packed.put(archive, directory, new byte[0]);
            }
            Packed.put(archive, "WEB-INF/lib/program.jar", Files.readAllBytes(Packed.jar()));
            Packed.put(archive, "WEB-INF/classes/" + Report.RESOURCE, "packed".getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Complete at once, since Tomcat looks for new archives all the time. */
    private void deploy(Path file) throws IOException {
        Path copy = Files.copy(Packed.webArchive(), folder.resolve("copy.war"));
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitEnd(Report report) {
        await().atMost(LONGEST)
                .until(() -> ProcessHandle.of(report.worker().pid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    private static List<Path> tomcatEmbedded() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().startsWith("tomcat-"))
                .toList();
    }
}
