package dev.pipelinebox.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a name (1)", "ä€😀", "👩‍👩‍👧", "العربية", "a\\b"})
    void plainTextIsShownAsItIs(String text) {
        assertThat(ShownText.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0000", "0007", "0008", "0009", "000a", "000d", "001b", "007f", "009b", "2028", "2029", "202e", "2066"})
    void charactersThatDriveATerminalAreEscaped(String code) {
        char character = (char) Integer.parseInt(code, 16);

        assertThat(ShownText.of("a" + character + "b")).isEqualTo("a\\u" + code + "b");
    }
}
