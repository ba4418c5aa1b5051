package dev.pipelinebox.internal.submit.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveWindowTest {

    private static final int MOST_TASKS = 1_000;
    private static final long MOST_BYTES = 1 << 20;

    private final AdaptiveWindow window = new AdaptiveWindow(MOST_TASKS, MOST_BYTES);

    @Test
    void isSmallAtFirst() {
        assertThat(window.limit(2)).isEqualTo(16);
    }

    @Test
    void opensAsResultsAreRead() {
        deliver(100, 10);

        assertThat(window.limit(2)).isEqualTo(16 + 2 * 100);
    }

    @Test
    void opensNoFurtherThanTheSettingsAllow() {
        deliver(100_000, 10);

        assertThat(window.limit(2)).isEqualTo(MOST_TASKS);
    }

    @Test
    void staysClosedWhileNothingIsRead() {
        for (int i = 0; i < 10_000; i++) {
            window.onArguments(1, 1);
        }

        assertThat(window.limit(2)).isEqualTo(16);
    }

    @Test
    void staysClosedWhileResultsPileUp() {
        for (int i = 0; i < 10_000; i++) {
            window.onResults(1, 1);
        }

        assertThat(window.limit(2)).isEqualTo(16);
    }

    @Test
    void countsUnreadResultsAsMemory() {
        deliver(1_000, 1);
        for (int i = 0; i < 100; i++) {
            window.onResults(1, 100_000);
        }

        assertThat(window.limit(1)).isLessThan(10);
    }

    @Test
    void holdsNoMoreBytesThanTheSettingsAllow() {
        for (int i = 0; i < 1_000; i++) {
            window.onArguments(1, 10_000);
            window.onResults(1, 10_000);
            window.onRead(1);
        }

        assertThat(window.limit(2)).isBetween(MOST_BYTES / 20_000 - 1, MOST_BYTES / 20_000 + 1);
    }

    @Test
    void closesAsSoonAsTheFirstPayloadIsKnownToBeLarge() {
        window.onArguments(1, (int) MOST_BYTES / 8);

        assertThat(window.limit(1)).isEqualTo(4);
    }

    @Test
    void closesWhenPayloadsBecomeLargeAndOpensWhenTheyBecomeSmall() {
        deliver(1_000, 1);
        deliver(100, 100_000);
        assertThat(window.limit(1)).isLessThan(10);

        deliver(1_000, 1);
        assertThat(window.limit(1)).isEqualTo(MOST_TASKS);
    }

    @Test
    void neverStarvesTheWorkersUnlessTheSettingsWantIt() {
        deliver(100, 1 << 30);

        assertThat(window.limit(8)).isEqualTo(16);
        assertThat(new AdaptiveWindow(1, MOST_BYTES).limit(8)).isEqualTo(1);
    }

    @Test
    void isNeverClosedForGood() {
        deliver(100, 1 << 30);

        assertThat(window.limit(0)).isEqualTo(1);
    }

    private void deliver(int results, int bytes) {
        for (int i = 0; i < results; i++) {
            window.onResults(1, bytes);
            window.onRead(1);
        }
    }

    @Test
    void manyAtOnceCountLikeOneAfterTheOther() {
        AdaptiveWindow oneByOne = new AdaptiveWindow(MOST_TASKS, MOST_BYTES);
        for (int i = 0; i < 30; i++) {
            oneByOne.onArguments(1, 5_000);
            oneByOne.onRead(1);
        }
        window.onArguments(10, 50_000);
        window.onResults(20, 100_000);
        for (int i = 0; i < 30; i++) {
            window.onRead(1);
        }

        assertThat(window.limit(1)).isEqualTo(oneByOne.limit(1));
    }
}
