package dev.pipelinebox.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of the repository, in which the build is running. */
final class Checkout {

    static final Path ROOT = root();

    /** Where tests write. */
    static final Path TARGET = ROOT.resolve("release/target");

    static final String VERSION = System.getProperty("project.version");

    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", ".idea");

    private Checkout() {}

    /** The modules that are published, the top one too. */
    static List<Module> publishedModules() {
        return new Module(ROOT)
                .withModulesBelow()
                .filter(module -> !module.pom()
                        .text("/project/properties/maven.deploy.skip")
                        .equals("true"))
                .toList();
    }

    /** Copies a folder of sources, without what is built or belongs to tools. */
    static void copy(Path folder, Path copy) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (NOT_SOURCES.contains(each.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(folder.relativize(each).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copy.resolve(folder.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("application.conf"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
