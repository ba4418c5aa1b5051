package dev.pipelinebox.containers;

import dev.pipelinebox.containers.Container.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds an image's folder as an engine does, step by step, with the system of this machine as the base of each stage. */
final class Image {

    private Image() {}

    /** What the last stage of the Dockerfile copies from the first, in a folder. */
    static Path build(Dockerfile dockerfile, Path folder) throws IOException, InterruptedException {
        Path build = Files.createDirectories(folder.resolve("build"));
        Path image = Files.createDirectories(folder.resolve("image"));
        for (Dockerfile.Step step : dockerfile.stage("build").steps()) {
            String[] paths = step.arguments().split(" ");
            switch (step.instruction()) {
                case "COPY" -> copy(Path.of(paths[0]).toAbsolutePath(), inside(build, paths[1]));
                case "RUN" -> run(build, step.arguments());
                default -> throw new IllegalArgumentException("not known: " + step);
            }
        }
        String[] paths = dockerfile.image().only("COPY").split(" ");
        copy(inside(build, paths[1]), inside(image, paths[2]));
        return image;
    }

    private static Path inside(Path root, String path) {
        return root.resolve(path.substring(1));
    }

    private static void run(Path root, String line) throws IOException, InterruptedException {
        try (Container container = Container.start(Conditions.ofBuild(root), List.of("sh", "-c", line))) {
            container.end();
        }
    }

    /** With the times of the files in whole seconds, as layers of images keep them. */
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Files.createDirectories(to.getParent());
        Process copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        if (copy.waitFor() != 0) {
            throw new IOException(from + " cannot be copied");
        }
        try (Stream<Path> files = Files.walk(to)) {
            for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
                Files.setLastModifiedTime(file, FileTime.from(time.to(TimeUnit.SECONDS), TimeUnit.SECONDS));
            }
        }
    }
}
