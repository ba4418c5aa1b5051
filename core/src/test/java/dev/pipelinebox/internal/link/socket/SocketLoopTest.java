package dev.pipelinebox.internal.link.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketLoopTest {

    private SocketLoop loop;

    @BeforeEach
    void start() throws IOException {
        loop = new SocketLoop("test-loop");
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void noRequestIsForgottenWheneverItComes() throws InterruptedException {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            loop.execute(done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).as("request %d", i).isTrue();
            if (i % 100 == 0) {
                LockSupport.parkNanos(random.nextInt(300_000));
            }
        }
    }

    @Test
    void requestsRunInTheirOrderOnTheThreadOfTheLoop() throws InterruptedException {
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> {
                if (loop.isOnThread()) {
                    ran.add(number);
                }
            });
        }
        loop.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasSize(100).isSorted();
    }

    @Test
    void ofWhatIsScheduledTheLastRuns() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        loop.execute(() -> {
            loop.schedule(first::countDown, Duration.ofMillis(1));
            loop.schedule(second::countDown, Duration.ofMillis(20));
        });

        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.getCount()).isEqualTo(1);
    }
}
