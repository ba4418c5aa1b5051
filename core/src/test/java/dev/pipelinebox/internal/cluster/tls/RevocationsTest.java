package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.InvalidKeysException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevocationsTest {

    private static final String FIRST = "0123456789abcdef0123456789abcdef";
    private static final String SECOND = "f".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void withoutAFileNothingIsRevoked() {
        assertThat(Revocations.none().contains(number(FIRST))).isFalse();
        assertThat(Revocations.in(directory.resolve("revoked")).contains(number(FIRST)))
                .isFalse();
    }

    @Test
    void aChangedFileIsReadAgain() throws Exception {
        Path file = directory.resolve("revoked");
        Revocations revocations = Revocations.in(file);
        assertThat(revocations.contains(number(FIRST))).isFalse();

        revocations.add(FIRST);
        assertThat(revocations.contains(number(FIRST))).isTrue();
        assertThat(revocations.contains(number(SECOND))).isFalse();
        Revocations.in(file).add(SECOND);
        assertThat(revocations.contains(number(SECOND))).isTrue();

        Files.delete(file);
        assertThat(revocations.contains(number(FIRST))).isFalse();
    }

    /** A file that an editor has written. */
    @Test
    void commentsEmptyLinesCapitalsAndWrongLinesDoNoHarm() throws Exception {
        Path file = Files.writeString(
                directory.resolve("revoked"),
                "# lost laptop\n\n  " + SECOND.toUpperCase(Locale.ROOT) + "  \nsomething else\n" + FIRST);
        Revocations revocations = Revocations.in(file);

        assertThat(revocations.contains(number(FIRST))).isTrue();
        assertThat(revocations.contains(number(SECOND))).isTrue();
        revocations.add("1".repeat(32));
        assertThat(revocations.contains(number("1".repeat(32)))).isTrue();
        assertThat(revocations.contains(number(FIRST))).isTrue();
    }

    @Test
    void whatCannotBeReadAnyMoreStaysRevoked() throws Exception {
        Path file = directory.resolve("revoked");
        Revocations revocations = Revocations.in(file);
        revocations.add(FIRST);
        assertThat(revocations.contains(number(FIRST))).isTrue();

        Files.delete(file);
        Files.createDirectory(file);

        assertThat(revocations.contains(number(FIRST))).isTrue();
        assertThatThrownBy(() -> revocations.add(SECOND))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageContaining(file + " cannot be written");
    }

    @Test
    void whatIsNoSerialNumberCannotBeAdded() {
        Revocations revocations = Revocations.in(directory.resolve("revoked"));
        for (String wrong : List.of("", "host-a", FIRST + "0", FIRST + "\n" + SECOND)) {
            assertThatThrownBy(() -> revocations.add(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no serial number");
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static BigInteger number(String serial) {
        return new BigInteger(serial, 16);
    }
}
