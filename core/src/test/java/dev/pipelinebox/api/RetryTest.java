package dev.pipelinebox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryTest {

    @Test
    void isThreeAttemptsAtMostUnlessToldOtherwise() {
        assertThat(Retry.on(IOException.class))
                .isEqualTo(
                        new Retry(List.of("java.io.IOException"), 3, Duration.ofMillis(100), Duration.ofSeconds(10)));
    }

    /** An exception within another class. */
    private static final class Nested extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void knowsClassesByTheirBinaryNames() {
        assertThat(Retry.on(IOException.class, Nested.class).exceptionClasses())
                .containsExactly("java.io.IOException", "dev.pipelinebox.api.RetryTest$Nested");
    }

    @Test
    void canBeChanged() {
        assertThat(Retry.on(IOException.class).withMaxAttempts(5).withBackoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isEqualTo(new Retry(List.of("java.io.IOException"), 5, Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void isNotChangedByItsListOfClasses() {
        List<String> classes = new ArrayList<>(List.of("a"));
        Retry retry = new Retry(classes, 1, Duration.ZERO, Duration.ZERO);
        classes.add("b");

        assertThat(retry.exceptionClasses()).containsExactly("a");
    }

    @Test
    void refusesLessThanOneAttempt() {
        assertThatThrownBy(() -> Retry.on(IOException.class, TaskTimeoutException.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No task throws a TaskTimeoutException");
        assertThatThrownBy(() -> Retry.on(IOException.class).withMaxAttempts(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 attempts");
    }

    @Test
    void refusesNegativeWaits() {
        Map.of(Duration.ofMillis(-1), Duration.ZERO, Duration.ZERO, Duration.ofMillis(-1))
                .forEach((min, max) -> assertThatThrownBy(
                                () -> Retry.on(IOException.class).withBackoff(min, max))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("negative")
                        .hasMessageContaining("give zero or more"));
    }
}
