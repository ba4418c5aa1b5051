package dev.pipelinebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final List<String> KNOWN = List.of("chaos", "latency");

    @Test
    void withoutArgumentsAllIsRunForAMinuteAndPrintedAsATable() {
        Options options = parse("");
        assertThat(options.selects("chaos")).isTrue();
        assertThat(options.selects("latency")).isTrue();
        assertThat(options.seconds()).isEqualTo(60);
        assertThat(options.workers()).isEqualTo(4);
        assertThat(options.everyMillis()).isEqualTo(300);
        assertThat(options.json()).isFalse();
    }

    @Test
    void everythingCanBeSet() {
        assertThat(parse("--only latency --json --seconds 5 --workers 2 --every 100 --seed 7"))
                .isEqualTo(new Options(Set.of("latency"), true, 5, 2, 100, 7));
        assertThat(parse("--only latency").selects("chaos")).isFalse();
    }

    @Test
    void aWrongArgumentIsAnErrorThatSaysWhatIsAllowed() {
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("--fast");
        assertThatThrownBy(() -> parse("--only speed")).hasMessageContaining("chaos, latency");
        assertThatThrownBy(() -> parse("--seconds")).hasMessageContaining("from 1 to 3600");
        assertThatThrownBy(() -> parse("--seconds 0")).hasMessageContaining("from 1 to 3600");
        assertThatThrownBy(() -> parse("--seed x")).hasMessageContaining("from 0");
    }

    private static Options parse(String line) {
        return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), KNOWN);
    }
}
