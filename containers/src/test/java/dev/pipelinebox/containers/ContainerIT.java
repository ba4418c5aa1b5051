package dev.pipelinebox.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipelinebox.containers.Container.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that the page's Dockerfile makes, as a container: a file system that cannot be written but for a mebibyte in
 * /tmp, no /dev/shm, a user without a name or a home, a limit of memory, one processor, and the service as process 1. The
 * tests ask one and the same service, in this order.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainerIT {

    private static final long LIMIT = 768L << 20;
    private static final int USER = 54321;
    private static final int TERMINATED = 128 + 15;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Path PAGE = Path.of("../docs/containers.md");

    private Dockerfile dockerfile;
    private Path image;
    private MemoryCgroup cgroup;
    private Container container;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Optional<String> obstacle = Container.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> "Containers cannot be tried: " + obstacle.orElseThrow());
        dockerfile = Dockerfile.ofPage(PAGE);
        image = Image.build(dockerfile, folder);
        Optional<MemoryCgroup> limited = MemoryCgroup.create(LIMIT);
        assumeTrue(limited.isPresent(), "Containers cannot be tried: no cgroup with a limit of memory can be made");
        cgroup = limited.get();
        Conditions strict = new Conditions(image, "ro", USER, "none", limited, "0");
        container = Container.start(strict, dockerfile.image().entryPoint());
    }

    @AfterAll
    void end() throws IOException {
        if (container != null) {
            container.close();
        }
        if (cgroup != null) {
            cgroup.close();
        }
    }

    @Test
    @Order(1)
    void runsTasksWithoutAHomeANameOrAFileSystemThatCanBeWritten() throws Exception {
        assertThat(container.reply()).isEqualTo("started READY");
        assertThat(container.ask("hello")).isEqualTo("HELLO");
    }

    @Test
    @Order(2)
    void callerAndWorkersUseTheArchivesOfTheImage() throws Exception {
        container.ask("all pid");

        assertThat(container.archives())
                .as(container.output())
                .contains("service.jsa")
                .filteredOn(name -> name.startsWith("workers-"))
                .hasSize(2);
    }

    @Test
    @Order(3)
    void eachJvmReckonsWithTheOneProcessor() throws Exception {
        assertThat(container.ask("all processors")).isEqualTo("1,1");
    }

    @Test
    @Order(4)
    void aWorkerThatIsKilledForWantOfMemoryIsToldAsSuch() throws Exception {
        assertThat(container.ask("outgrow")).contains("WorkerLostException", "SIGKILL", "for want of memory");
        assertThat(cgroup.killed()).isEqualTo(1);
        assertThat(container.ask("hello")).isEqualTo("HELLO");
    }

    @Test
    @Order(5)
    void allHeapsTogetherAreUnderTheLimitWithRoomForTheRestOfEachJvm() throws Exception {
        List<Long> heaps = new ArrayList<>(Stream.of(container.ask("all heap").split(","))
                .map(Long::valueOf)
                .toList());
        heaps.add(Long.valueOf(container.ask("own heap")));
        long all = heaps.stream().mapToLong(Long::longValue).sum();

        assertThat(heaps).hasSize(3).allMatch(heap -> heap >= 64 << 20);
        assertThat(all).isLessThan(LIMIT - heaps.size() * (64L << 20));
    }

    @Test
    @Order(6)
    void heapsThatAreFilledAtTheSameTimeGetNobodyKilled() throws Exception {
        String first = container.ask("fill");
        String second = container.ask("fill");

        assertThat(List.of(first, second)).allMatch(reply -> reply.matches("\\d+(,\\d+ held \\d+){2} held \\d+"));
        assertThat(cgroup.killed()).isEqualTo(1);
        assertThat(cgroup.peak()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    @Order(7)
    void processesThatNobodyReapsHoldUpNothing() throws Exception {
        container.ask("orphan");
        container.ask("orphan");

        assertThat(container.ask("exit")).contains("exited with code 7");
        assertThat(container.ask("exit")).contains("exited with code 7");
        await().atMost(Duration.ofMinutes(2)).until(() -> container.zombies().contains("sleep"));
        assertThat(container.zombies()).containsOnly("sleep");
        assertThat(container.ask("hello")).isEqualTo("HELLO");
    }

    @Test
    @Order(8)
    void endsWithinTenSecondsOfSigtermThatOnlyProcess1Receives() throws Exception {
        List<ProcessHandle> all = container.first().descendants().toList();

        assertThat(container.terminate(TEN_SECONDS)).isEqualTo(TERMINATED);
        assertThat(all).noneMatch(ProcessHandle::isAlive);
        assertThat(container.output()).doesNotContain("/root", "cannot be written");
    }

    @Test
    @Order(9)
    void aTinySharedMemoryDoesNotMatter() throws Exception {
        Conditions tiny = new Conditions(image, "ro", USER + 1, "64k", Optional.empty(), "all");
        try (Container other = Container.start(tiny, dockerfile.image().entryPoint())) {
            assertThat(other.reply()).isEqualTo("started READY");
            assertThat(other.terminate(TEN_SECONDS)).isEqualTo(TERMINATED);
        }
    }
}
