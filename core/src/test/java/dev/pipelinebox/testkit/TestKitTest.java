package dev.pipelinebox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TestKitTest {

    @Test
    void setsNothingButItsOwnSection() {
        assertThat(TestKit.inProcess().toConfig().entrySet())
                .allSatisfy(entry -> assertThat(entry.getKey()).startsWith("pipelinebox.test."));
    }

    @Test
    void hasTheWorkersInProcessOnlyIfToldTo() {
        assertThat(TestKit.inProcess().toConfig().getBoolean("pipelinebox.test.in-process"))
                .isTrue();
        assertThat(TestKit.faults().toConfig().hasPath("pipelinebox.test.in-process"))
                .isFalse();
    }

    @Test
    void withoutOrdersLeavesAllAsItIs() {
        assertThat(TestKit.faults().toConfig().isEmpty()).isTrue();
    }

    @Test
    void leavesToAnotherKitWhatItDoesNotOrder() {
        Config both = TestKit.faults()
                .crash(1)
                .toConfig()
                .withFallback(TestKit.inProcess().toConfig());

        assertThat(both).isEqualTo(TestKit.inProcess().crash(1).toConfig());
    }

    @Test
    void writesDownWhatIsOrderedInItsOrder() {
        TestKit kit = TestKit.faults()
                .crash(3, 4)
                .crashOnce(5)
                .exit(6, 42)
                .exitOnce(7, 0)
                .hang(8)
                .hangOnce(9)
                .outOfMemory(10)
                .outOfMemoryOnce(11)
                .failingStarts(2)
                .slowStart(Duration.ofSeconds(3));

        assertThat(kit.toConfig().root())
                .isEqualTo(ConfigFactory.parseString("""
                        pipelinebox.test {
                          faults = [
                            { task = 3, kind = crash, once = false }
                            { task = 4, kind = crash, once = false }
                            { task = 5, kind = crash, once = true }
                            { task = 6, kind = exit, code = 42, once = false }
                            { task = 7, kind = exit, code = 0, once = true }
                            { task = 8, kind = hang, once = false }
                            { task = 9, kind = hang, once = true }
                            { task = 10, kind = out-of-memory, once = false }
                            { task = 11, kind = out-of-memory, once = true }
                          ]
                          failing-starts = 2
                          slow-start = 3000 ms
                        }
                        """).root());
    }

    @Test
    void isNotChangedByItsMethods() {
        TestKit kit = TestKit.inProcess().crash(1);
        Config before = kit.toConfig();

        assertThat(kit.hang(2).exit(3, 4).failingStarts(1).slowStart(Duration.ofSeconds(1)))
                .isNotSameAs(kit);

        assertThat(kit.toConfig()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesWhatCannotBeAtOnce(UnaryOperator<TestKit> mistake) {
        assertThatThrownBy(() -> mistake.apply(TestKit.faults()))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    static Stream<UnaryOperator<TestKit>> mistakes() {
        return Stream.of(
                kit -> kit.crash(1, 0),
                kit -> kit.hang(-1),
                kit -> kit.exit(0, 1),
                kit -> kit.exit(1, 256),
                kit -> kit.exitOnce(1, -1),
                kit -> kit.failingStarts(-1),
                kit -> kit.slowStart(Duration.ofMillis(-1)),
                kit -> kit.slowStart(Duration.ofNanos(1)));
    }
}
