package dev.pipelinebox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostsTest {

    private static final Keys KEYS = () -> Path.of("keys");

    @Test
    void listensWithTheSettingsThatAreGivenAndLeavesTheFirstValueAsItIs() {
        Hosts plain = Hosts.listen("0.0.0.0", 7410, KEYS);
        Hosts all = plain.advertise("gw.example", 7500)
                .invitationFile(Path.of("run.pbx"))
                .withLocal(false)
                .atLeast(4, Duration.ofMinutes(2));

        assertThat(all.listener())
                .isEqualTo(new Hosts.Listener(
                        new Hosts.Endpoint("0.0.0.0", 7410),
                        KEYS,
                        Optional.of(new Hosts.Endpoint("gw.example", 7500)),
                        Optional.of(Path.of("run.pbx"))));
        assertThat(all.isLocal()).isFalse();
        assertThat(all.minimum()).isEqualTo(new Hosts.Minimum(4, Duration.ofMinutes(2)));
        assertThat(all).hasToString("hosts that join at gw.example:7500");
        assertThat(plain.isLocal()).isTrue();
        assertThat(plain.minimum().hosts()).isZero();
        assertThat(plain).hasToString("hosts that join at 0.0.0.0:7410");
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Hosts.listen(" ", 1, KEYS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hosts.listen("a", 65_536, KEYS))
                .withMessageContaining("There is no port 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hosts.listen("a", 0, KEYS).advertise("0.0.0.0", 0))
                .withMessageContaining("No host can dial 0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hosts.listen("a", 0, KEYS).atLeast(-1, Duration.ZERO));
    }
}
