package dev.pipelinebox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.WorkerHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive that makes starts quicker, with real JVMs. */
@ExtendWith(NoProcessLeft.class)
@EnabledOnOs(OS.LINUX)
class ClassDataArchiveIT {

    private static final String DIRECTORY = "pipelinebox.worker.class-data-archive.directory";

    private static final int BROKEN_SIZE = 1 << 20;

    private final String ofTheBuild = System.getProperty(DIRECTORY);

    @AfterEach
    void restore() {
        System.setProperty(DIRECTORY, ofTheBuild);
        ConfigFactory.invalidateCaches();
    }

    @Test
    void oneIsMadeByTheFirstWorkerUsedByTheNextAndMadeAnewWhenItIsBroken(@TempDir Path cache) throws IOException {
        System.setProperty(DIRECTORY, cache.toString());
        ConfigFactory.invalidateCaches();

        assertThat(archivesMappedByAWorker(cache)).isEmpty();
        Path archive = onlyFileIn(cache);
        assertThat(archivesMappedByAWorker(cache)).containsOnly(archive.toString());

        Files.delete(archive);
        Files.write(archive, new byte[BROKEN_SIZE]);
        assertThat(archivesMappedByAWorker(cache)).isEmpty();
        assertThat(onlyFileIn(cache)).isNotEqualTo(archive);
    }

    /** The master stays open until there is an archive that is whole, however long that takes here. */
    private static List<String> archivesMappedByAWorker(Path cache) throws IOException {
        try (Master<Long, Long> master = Master.of(Workers.Echo.class).start()) {
            WorkerHandle worker = master.addWorker();
            assertThat(master.ask(1L).toCompletableFuture().join()).isEqualTo(1);
            try (Stream<String> mappings = Files.lines(Path.of("/proc", String.valueOf(worker.pid()), "maps"))) {
                List<String> mapped = mappings.map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .filter(file -> file.startsWith(cache.toString()))
                        .distinct()
                        .toList();
                await().ignoreExceptions().atMost(Duration.ofMinutes(2)).until(() -> hasOneArchive(cache));
                return mapped;
            }
        }
    }

    private static boolean hasOneArchive(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            return all.size() == 1 && all.get(0).toString().endsWith(".jsa") && Files.size(all.get(0)) > BROKEN_SIZE;
        }
    }

    private static Path onlyFileIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
