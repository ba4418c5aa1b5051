package dev.pipelinebox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class TaskOptionsTest {

    private static final TaskOptions DEFAULTS = TaskOptions.defaults();

    private static final List<BiFunction<TaskOptions, Duration, TaskOptions>> LIMITS = List.of(
            TaskOptions::withQueueTimeout,
            TaskOptions::withSoftTimeout,
            TaskOptions::withHardTimeout,
            TaskOptions::withStallTimeout);

    @Test
    void sayNothingByDefault() {
        assertThat(DEFAULTS)
                .isEqualTo(new TaskOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void keepAllThatIsSet() {
        Retry retry = Retry.on(IOException.class);

        TaskOptions options = DEFAULTS.withQueueTimeout(Duration.ofSeconds(1))
                .withSoftTimeout(Duration.ofSeconds(2))
                .withHardTimeout(Duration.ofSeconds(3))
                .withStallTimeout(Duration.ofSeconds(4))
                .withMaxAttempts(5)
                .withRetry(retry)
                .withPriority(-6)
                .withKey(7L)
                .withName("nightly report");

        assertThat(options)
                .isEqualTo(new TaskOptions(
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofSeconds(2)),
                        Optional.of(Duration.ofSeconds(3)),
                        Optional.of(Duration.ofSeconds(4)),
                        Optional.of(5),
                        Optional.of(retry),
                        Optional.of(-6),
                        Optional.of(7L),
                        Optional.of("nightly report")));
    }

    @Test
    void areNotChangedByACopy() {
        TaskOptions changed = DEFAULTS.withMaxAttempts(5);

        assertThat(DEFAULTS.maxAttempts()).isEmpty();
        assertThat(changed.maxAttempts()).contains(5);
    }

    @Test
    void refuseALimitThatIsNotOverZero() {
        assertThat(LIMITS).allSatisfy(limit -> {
            assertThatThrownBy(() -> limit.apply(DEFAULTS, Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT0S")
                    .hasMessageContaining("give one over zero");
            assertThatThrownBy(() -> limit.apply(DEFAULTS, Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void refuseLessThanOneAttempt() {
        assertThatThrownBy(() -> DEFAULTS.withMaxAttempts(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 attempts")
                .hasMessageContaining("give 1");
        assertThat(DEFAULTS.withMaxAttempts(1).maxAttempts()).contains(1);
    }

    @Test
    void refuseABlankName() {
        assertThatThrownBy(() -> DEFAULTS.withName(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank")
                .hasMessageContaining("give one");
    }
}
