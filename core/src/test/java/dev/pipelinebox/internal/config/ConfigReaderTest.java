package dev.pipelinebox.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.InvalidConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final Config REFERENCE = ConfigFactory.parseString("""
            pipelinebox {
              number = 5
              size = 1 KiB
              time = 2 s
              flag = on
              words = [a, b]
              path = ""
              section { inner = 1 }
              akka {}
            }
            """);

    @Nested
    class Reads {

        @Test
        void theDefaultsWhereNothingIsSet() {
            ConfigReader config = with("");

            assertThat(config.integer("number", 1, 10)).isEqualTo(5);
            assertThat(config.bytes("size", 1, 2048)).isEqualTo(1024);
            assertThat(config.duration("time")).isEqualTo(Duration.ofSeconds(2));
            assertThat(config.bool("flag")).isTrue();
            assertThat(config.strings("words")).containsExactly("a", "b");
            assertThat(config.path("path")).isEmpty();
            assertThat(config.integer("section.inner", 1, 1)).isEqualTo(1);
        }

        @Test
        void whatIsSetInTheUnitsOfHocon() {
            ConfigReader config = with("size = 2 kB, time = 3 minutes, flag = no, path = /a/b");

            assertThat(config.bytes("size", 1, 1 << 20)).isEqualTo(2000);
            assertThat(config.duration("time")).isEqualTo(Duration.ofMinutes(3));
            assertThat(config.bool("flag")).isFalse();
            assertThat(config.path("path")).contains(Path.of("/a/b"));
        }

        @Test
        void anEmptyTextOrZeroAsNoNumber() {
            assertThat(with("number = \"\"").optionalInteger("number", 10)).isEmpty();
            assertThat(with("number = 0").optionalInteger("number", 10)).isEmpty();
            assertThat(with("number = 10").optionalInteger("number", 10)).contains(10);
            assertThatThrownBy(() -> with("number = -1").optionalInteger("number", 10))
                    .isInstanceOf(InvalidConfigException.class);
        }

        @Test
        void theLimitsThemselves() {
            assertThat(with("number = 1").integer("number", 1, 10)).isEqualTo(1);
            assertThat(with("number = 10").integer("number", 1, 10)).isEqualTo(10);
            assertThat(with("size = 16").bytes("size", 16, 32)).isEqualTo(16);
            assertThat(with("size = 32").bytes("size", 16, 32)).isEqualTo(32);
        }

        @Test
        void noSizeFromAnEmptyText() {
            assertThat(with("size = \"\"").optionalBytes("size", 1, 10)).isEmpty();
            assertThat(with("size = 7").optionalBytes("size", 1, 10)).contains(7L);
        }
    }

    @Nested
    class RefusesAKey {

        @Test
        void thatDoesNotExistAndNamesThoseThatDo() {
            assertRefused(
                    "nunber = 7",
                    config -> {
                        config.checkKeys();
                        return config;
                    },
                    "pipelinebox.nunber",
                    "7",
                    "pipelinebox.number",
                    "pipelinebox.section.inner");
        }

        @Test
        void thatDoesNotExistInASection() {
            assertThatThrownBy(() -> with("section.outer = x").checkKeys())
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("pipelinebox.section.outer")
                    .hasMessageContaining("\"x\"");
        }

        @Test
        void thatIsASectionElsewhere() {
            assertThatThrownBy(() -> with("section = 3").checkKeys())
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("pipelinebox.section = 3");
            assertThatThrownBy(() -> with("number { inner = 3 }").checkKeys())
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("pipelinebox.number.inner");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"a key\" = 1", "\"a.b\".c = 1", "\"$\" = 1"})
        void thatNeedsQuotes(String line) {
            assertThatThrownBy(() -> with(line).checkKeys()).isInstanceOf(InvalidConfigException.class);
        }

        @Test
        void butNoneOfAkka() {
            assertThatCode(() -> with("akka { loglevel = DEBUG, a.b.c = [1], \"x y\" = 2 }")
                            .checkKeys())
                    .doesNotThrowAnyException();
        }

        @Test
        void butNoElementOfAListThatIsKnown() {
            assertThatCode(() -> with("words.0 = a, words.1 = b").checkKeys()).doesNotThrowAnyException();
            assertThat(with("words.0 = a, words.1 = b").strings("words")).containsExactly("a", "b");
            assertThatThrownBy(() -> with("number.0 = 3").checkKeys()).isInstanceOf(InvalidConfigException.class);
            assertThatThrownBy(() -> with("words.first = a").checkKeys()).isInstanceOf(InvalidConfigException.class);
        }

        @Test
        void butNoneThatIsKnown() {
            assertThatCode(() -> with("number = 6, section.inner = 7").checkKeys())
                    .doesNotThrowAnyException();
        }
    }

    @Nested
    class RefusesAValueWithKeyValueAndWhatIsAllowed {

        @ParameterizedTest
        @ValueSource(strings = {"0", "11", "\"five\"", "[5]", "3000000000"})
        void asANumber(String value) {
            assertRefused(
                    "number = " + value,
                    config -> config.integer("number", 1, 10),
                    "pipelinebox.number = " + value,
                    "a whole number from 1 to 10");
        }

        @ParameterizedTest
        @ValueSource(strings = {"15", "33", "\"a lot\"", "\"-1 KiB\"", "[]"})
        void asASize(String value) {
            assertRefused(
                    "size = " + value,
                    config -> config.bytes("size", 16, 32),
                    "pipelinebox.size = " + value,
                    "a size such as 16 MiB, from 16 to 32 bytes");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"0", "\"-1 s\"", "\"101 days\"", "\"1000000 days\"", "\"soon\"", "\"5 parsecs\"", "true"})
        void asADuration(String value) {
            assertRefused(
                    "time = " + value,
                    config -> config.duration("time"),
                    "pipelinebox.time = " + value,
                    "a duration over zero such as 500 ms or 2 s, up to 100 days");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"perhaps\"", "1", "[]"})
        void asAFlag(String value) {
            assertRefused(
                    "flag = " + value, config -> config.bool("flag"), "pipelinebox.flag = " + value, "true or false");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"-Xss4m\"", "[[1]]"})
        void asAListOfStrings(String value) {
            assertRefused(
                    "words = " + value,
                    config -> config.strings("words"),
                    "pipelinebox.words = " + value,
                    "a list of strings such as [\"-Xss4m\"]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "\"a\\u0000b\""})
        void asAPath(String value) {
            assertRefused(
                    "path = " + value, config -> config.path("path"), "pipelinebox.path = ", "a path, or \"\" for the");
        }

        @Test
        void thatIsNullAsANumber() {
            assertRefused(
                    "number = null",
                    config -> config.integer("number", 1, 10),
                    "pipelinebox.number = null",
                    "a whole number from 1 to 10");
        }

        @Test
        void thatIsNullAsAnOptionalSize() {
            assertRefused(
                    "size = null",
                    config -> config.optionalBytes("size", 1, 10),
                    "pipelinebox.size = null",
                    "a size such as 16 MiB");
        }
    }

    private static ConfigReader with(String settings) {
        Config set = ConfigFactory.parseString("pipelinebox { " + settings + " }");
        return new ConfigReader(set.withFallback(REFERENCE), REFERENCE);
    }

    private static void assertRefused(String settings, Function<ConfigReader, ?> read, String... said) {
        assertThatThrownBy(() -> read.apply(with(settings)))
                .isInstanceOf(InvalidConfigException.class)
                .message()
                .contains(said);
    }
}
