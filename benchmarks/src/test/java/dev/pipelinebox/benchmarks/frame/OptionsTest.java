package dev.pipelinebox.benchmarks.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final List<String> KNOWN = List.of("chaos", "latency", "size");

    @Test
    void withoutArgumentsAllIsRunAndPrintedAsATable() {
        Options options = parse("");
        assertThat(KNOWN).allMatch(options::selects);
        assertThat(options.json()).isFalse();
        assertThat(options.effort().rounds(7)).isEqualTo(7);
        assertThat(options.effort().amount(1000, 10)).isEqualTo(1000);
        ChaosOptions chaos = options.chaos();
        assertThat(chaos).isEqualTo(new ChaosOptions(60, 4, 300, chaos.seed()));
    }

    @Test
    void everythingCanBeSet() {
        assertThat(parse("--only latency --json --rounds 3 --quick --seconds 5 --workers 2 --every 100 --seed 7"))
                .isEqualTo(new Options(
                        Set.of("latency"), true, new Effort(OptionalInt.of(3), true), new ChaosOptions(5, 2, 100, 7)));
    }

    @Test
    void severalCanBeNamed() {
        Options options = parse("--only latency size --json");
        assertThat(KNOWN.stream().filter(options::selects)).containsExactly("latency", "size");
        assertThat(parse("--only latency --only size").only()).isEqualTo(options.only());
    }

    @Test
    void quickIsOneRoundOfALittleUnlessMoreIsSaid() {
        assertThat(parse("--quick").effort().rounds(7)).isEqualTo(1);
        assertThat(parse("--quick").effort().amount(1000, 10)).isEqualTo(10);
        assertThat(parse("--quick --rounds 2").effort().rounds(7)).isEqualTo(2);
    }

    @Test
    void aWrongArgumentIsAnErrorThatSaysWhatIsAllowed() {
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("--fast");
        assertThatThrownBy(() -> parse("--only speed")).hasMessageContaining("chaos, latency, size");
        assertThatThrownBy(() -> parse("--only size speed")).hasMessageContaining("chaos, latency, size");
        assertThatThrownBy(() -> parse("--only --json")).hasMessageContaining("chaos, latency, size");
        assertThatThrownBy(() -> parse("--seconds")).hasMessageContaining("from 1 to 3600");
        assertThatThrownBy(() -> parse("--seconds 0")).hasMessageContaining("from 1 to 3600");
        assertThatThrownBy(() -> parse("--seed x")).hasMessageContaining("from 0");
    }

    private static Options parse(String line) {
        return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")), KNOWN);
    }
}
