package dev.pipelinebox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerOptionsTest {

    private final WorkerOptions plain = WorkerOptions.defaults();

    @Test
    void saysWhatTheWorkerNeedsOfItsHost() {
        WorkerOptions options = plain.withHost("a")
                .withLabel("zone", "x")
                .withResource("gpu", 1)
                .withMemory(8L << 30)
                .withJava(21)
                .withLabel("disk", "fast");

        assertThat(options.requirements())
                .isEqualTo(new HostRequirements(
                        Optional.of("a"),
                        Map.of("zone", "x", "disk", "fast"),
                        Map.of("gpu", 1.0),
                        Optional.of(8L << 30),
                        Optional.of(21)))
                .hasToString("host a, label disk=fast, label zone=x, resource gpu 1.0, 8589934592 bytes of memory,"
                        + " Java 21");
        assertThat(plain.requirements()).isEqualTo(HostRequirements.none()).hasToString("");
        assertThat(options.withHeap(64L << 20).requirements()).isEqualTo(options.requirements());
    }

    @Test
    void aValueWithoutRequirementsCanBeMadeAsInTheFirstVersion() {
        assertThat(new WorkerOptions(
                        List.of(), Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty()))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.00001, 1e13, Double.NaN, Double.POSITIVE_INFINITY})
    void anAmountOfAResourceIsANumberOverZero(double amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withResource("gpu", amount))
                .withMessageContaining("of the resource gpu is not allowed");
    }

    @Test
    void requirementsThatNoHostCanMeetAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> plain.withHost(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.withLabel("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> plain.withMemory(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withJava(11))
                .withMessage("Workers do not run on Java 11; give 17 or later");
    }
}
