package dev.pipelinebox.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpinThenParkTest {

    private static final int MANY = 100;

    private final SpinThenPark wait = new SpinThenPark();

    @Test
    void looksOutForNothingAtFirst() {
        AtomicInteger looks = new AtomicInteger();

        wait.lookOut(() -> looks.incrementAndGet() > 3);

        assertThat(looks).hasValue(0);
    }

    @Test
    void looksOutOnceTheWaitsAreBrief() {
        AtomicInteger looks = new AtomicInteger();
        waitBriefly();

        wait.lookOut(() -> looks.incrementAndGet() > 3);

        assertThat(looks).hasValueGreaterThan(0);
    }

    @Test
    void looksOutForAMomentOnly() {
        waitBriefly();

        long begin = System.nanoTime();
        wait.lookOut(() -> false);

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(100_000);
    }

    @Test
    void looksOutNoMoreAfterAWaitThatWasNotBrief() {
        AtomicInteger looks = new AtomicInteger();
        waitBriefly();
        wait.ended(System.nanoTime() - 1_000_000_000);

        wait.lookOut(() -> looks.incrementAndGet() > 3);

        assertThat(looks).hasValue(0);
    }

    @Test
    void looksOutForNothingOnAnInterruptedThread() {
        AtomicInteger looks = new AtomicInteger();
        waitBriefly();
        Thread.currentThread().interrupt();

        wait.lookOut(() -> looks.incrementAndGet() > 3);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(looks).hasValue(0);
    }

    /** As if what was waited for had been there already, however long this thread itself has to wait. */
    private void waitBriefly() {
        for (int i = 0; i < MANY; i++) {
            wait.ended(System.nanoTime() + 1_000_000_000);
        }
    }
}
