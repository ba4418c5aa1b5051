package dev.pipelinebox.internal.launch.code;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Removes from the cache what no program has used for long. What cannot be removed stays. */
final class CodeTidying {

    /** Outer jars, and what only they hold. */
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);

    /** What no index names may just be made. */
    private static final Duration KEPT_UNNAMED = Duration.ofDays(1);

    private CodeTidying() {}

    static void run(Path root) {
        Set<String> named = new HashSet<>();
        for (Path index : list(root.resolve(CodeCache.INDEX))) {
            if (isOlder(index, KEPT_UNUSED)) {
                delete(index);
            } else {
                CodeIndex.read(index).parts().values().forEach(part -> named.add(part.digest()));
            }
        }
        for (Path code : list(root.resolve(CodeCache.CODE))) {
            if (!named.contains(code.getFileName().toString()) && isOlder(code, KEPT_UNNAMED)) {
                list(code).forEach(CodeTidying::delete);
                delete(code);
            }
        }
    }

    private static boolean isOlder(Path file, Duration age) {
        try {
            return Files.getLastModifiedTime(file)
                            .compareTo(FileTime.from(Instant.now().minus(age)))
                    < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<Path> list(Path directory) {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                files.forEach(all::add);
            } catch (IOException | DirectoryIteratorException gone) {
                log(directory, gone);
            }
        }
        return all;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException inUse) {
            log(file, inUse);
        }
    }

    private static void log(Path file, Exception problem) {
        LoggerFactory.getLogger(CodeTidying.class).debug("{} stays in the cache", file, problem);
    }
}
