package dev.pipelinebox.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The published modules, built a second time from a copy of the sources and deployed into a repository of files. Folder,
 * time, time zone, language and encoding of the system are others than in the first build.
 */
final class SecondBuild {

    /** The copy of the sources, with what was built there. */
    static final Path FOLDER = Checkout.TARGET.resolve("second build");

    /** The repository: our artifacts from {@code deploy}, those of others as links into the local repository. */
    static final Path REPOSITORY = Checkout.TARGET.resolve("repository");

    private static final String GROUP_FOLDER = "dev/pipelinebox";

    private static boolean done;

    private SecondBuild() {}

    /** Runs it, unless it has run. */
    static synchronized void run() throws IOException, InterruptedException {
        if (done) {
            return;
        }
        Checkout.delete(FOLDER);
        Checkout.copy(Checkout.ROOT, FOLDER);
        Checkout.delete(REPOSITORY);
        linkArtifactsOfOthers(Path.of(""));
        List<String> line = Maven.line(
                Maven.LOCAL_REPOSITORY,
                List.of(
                        "deploy",
                        "-Dmaven.test.skip=true",
                        "-DskipTests",
                        "-Dmaven.javadoc.skip=false",
                        "-Dcyclonedx.skip=false",
                        "-Dmaven.install.skip=true",
                        "-DaltDeploymentRepository=repository::" + REPOSITORY.toUri(),
                        "-pl",
                        Checkout.publishedModules().stream()
                                .map(module -> ":" + module.artifactId())
                                .collect(Collectors.joining(","))));
        Map<String, String> environment = new HashMap<>(
                Maven.withJvmArguments("-Duser.timezone=Pacific/Kiritimati -Duser.language=tr -Duser.country=TR"));
        environment.put("TZ", "Pacific/Kiritimati");
        environment.put("LC_ALL", "C");
        new Command(FOLDER, environment, line).succeeds();
        done = true;
    }

    /** The files of ours in the repository, without the digests beside them. */
    static List<Path> deployedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve(GROUP_FOLDER))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(md5|sha\\d+)|.*maven-metadata.*"))
                    .toList();
        }
    }

    private static void linkArtifactsOfOthers(Path folder) throws IOException {
        Files.createDirectories(REPOSITORY.resolve(folder));
        try (Stream<Path> entries = Files.list(Maven.LOCAL_REPOSITORY.resolve(folder))) {
            for (Path entry : entries.toList()) {
                Path name = folder.resolve(entry.getFileName().toString());
                if (Path.of(GROUP_FOLDER).equals(name)) {
                    continue;
                }
                if (Path.of(GROUP_FOLDER).startsWith(name)) {
                    linkArtifactsOfOthers(name);
                } else {
                    Files.createSymbolicLink(REPOSITORY.resolve(name), entry);
                }
            }
        }
    }
}
