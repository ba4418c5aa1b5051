package dev.pipelinebox.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneTimeTokenTest {

    @Test
    void matchesItselfOnly() {
        OneTimeToken token = OneTimeToken.create();

        assertThat(token.matches(new OneTimeToken(token.text()))).isTrue();
        assertThat(token.matches(OneTimeToken.create())).isFalse();
        assertThat(token.matches(new OneTimeToken(""))).isFalse();
        assertThat(token.matches(new OneTimeToken(token.text() + "0"))).isFalse();
        assertThat(token.matches(new OneTimeToken(token.text().substring(1)))).isFalse();
    }

    @Test
    void has128BitsThatDifferEachTime() {
        assertThat(OneTimeToken.create().text()).matches("[0-9a-f]{32}");
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(i -> OneTimeToken.create().text())
                        .collect(Collectors.toSet()))
                .hasSize(1_000);
    }

    @Test
    void isNotShownInLogs() {
        OneTimeToken token = OneTimeToken.create();

        assertThat(token.toString()).doesNotContain(token.text());
    }
}
