package dev.pipelinebox.internal.launch.blob.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadLimitTest {

    private final UploadLimit<String> limit = new UploadLimit<>(2);

    @Test
    void onlySoManyRunAndTheOthersFollowInTheirOrder() {
        assertThat(limit.begin("a")).isTrue();
        assertThat(limit.begin("b")).isTrue();
        assertThat(limit.begin("c")).isFalse();
        assertThat(limit.begin("d")).isFalse();

        assertThat(limit.end("a")).contains("c");
        assertThat(limit.begin("e")).isFalse();
        assertThat(limit.end("c")).contains("d");
        assertThat(limit.end("b")).contains("e");
        assertThat(limit.end("d")).isEmpty();
        assertThat(limit.begin("f")).isTrue();
    }

    @Test
    void whoAsksTwiceRunsOnce() {
        limit.begin("a");
        limit.begin("b");

        assertThat(limit.begin("a")).isTrue();
        assertThat(limit.begin("c")).isFalse();
        assertThat(limit.begin("c")).isFalse();
        assertThat(limit.end("a")).contains("c");
        assertThat(limit.end("b")).isEmpty();
        assertThat(limit.end("c")).isEmpty();
        assertThat(limit.end("c")).isEmpty();
    }

    @Test
    void whoGivesUpWaitingIsPassedOver() {
        limit.begin("a");
        limit.begin("b");
        limit.begin("c");
        limit.begin("d");

        assertThat(limit.end("c")).isEmpty();
        assertThat(limit.end("a")).contains("d");
    }
}
