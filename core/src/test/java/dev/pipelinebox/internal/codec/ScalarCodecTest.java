package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalarCodecTest {

    private final Random random = new Random(4711);

    @Test
    void writesIntegersAsJacksonDoes() throws IOException {
        for (long number : numbers().filter(number -> number == (int) number).toArray()) {
            assertIsJacksons(ScalarCodec.INTEGER, (int) number);
        }
    }

    @Test
    void writesLongsAsJacksonDoes() throws IOException {
        for (long number : numbers().toArray()) {
            assertIsJacksons(ScalarCodec.LONG, number);
        }
    }

    @Test
    void writesDoublesAsJacksonDoes() throws IOException {
        List<Double> some = List.of(
                0.0, -0.0, 1.0, Math.PI, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY);
        for (double number : some) {
            assertIsJacksons(ScalarCodec.DOUBLE, number);
        }
    }

    @Test
    void writesBooleansAsJacksonDoes() throws IOException {
        assertIsJacksons(ScalarCodec.BOOLEAN, true);
        assertIsJacksons(ScalarCodec.BOOLEAN, false);
    }

    @Test
    void writesShortTextsAsJacksonDoes() throws IOException {
        for (String text : List.of("", "a", "task-1", "\u0000\u007f", "a".repeat(23))) {
            assertIsJacksons(ScalarCodec.STRING, text);
        }
    }

    @Test
    void leavesOtherTextsToJackson() {
        assertThat(ScalarCodec.STRING.write("a".repeat(24))).isNull();
        assertThat(ScalarCodec.STRING.write("é")).isNull();
        assertThat(ScalarCodec.STRING.write("\uD83D")).as("half a character").isNull();
        assertThat(read(ScalarCodec.STRING, new byte[] {0x62, (byte) 0xc3, (byte) 0xa9}))
                .isNull();
    }

    @Test
    void leavesValuesOfOtherTypesToJackson() {
        List<Object> others = List.of(1, 1L, 1.0, true, "1", new Object());
        for (ScalarCodec scalar : ScalarCodec.values()) {
            long its =
                    others.stream().filter(value -> scalar.write(value) != null).count();
            assertThat(its).as("%s", scalar).isEqualTo(scalar == ScalarCodec.NONE ? 0 : 1);
        }
    }

    @Test
    void leavesIntegersThatDoNotFitToJackson() {
        assertThat(read(ScalarCodec.INTEGER, ScalarCodec.LONG.write(1L << 31))).isNull();
        assertThat(read(ScalarCodec.INTEGER, ScalarCodec.LONG.write(-(1L << 31) - 1)))
                .isNull();
        assertThat(read(ScalarCodec.LONG, new byte[] {0x1b, -1, 0, 0, 0, 0, 0, 0, 0}))
                .isNull();
    }

    @Test
    void readsNothingElseThanJacksonDoes() {
        for (ScalarCodec scalar : ScalarCodec.values()) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = new byte[random.nextInt(11)];
                random.nextBytes(bytes);
                Object read = read(scalar, bytes);
                if (read != null) {
                    assertThat(jacksons(read, bytes)).isEqualTo(read);
                }
            }
        }
    }

    @Test
    void isFoundByTheDeclaredType() {
        assertThat(ScalarCodec.of(type(Integer.class))).isEqualTo(ScalarCodec.INTEGER);
        assertThat(ScalarCodec.of(type(String.class))).isEqualTo(ScalarCodec.STRING);
        assertThat(Stream.of(Object.class, byte[].class, Number.class, Void.class)
                        .map(ScalarCodecTest::type)
                        .map(ScalarCodec::of)
                        .map(scalar -> scalar.write(1)))
                .containsOnlyNulls();
    }

    private LongStream numbers() {
        LongStream edges = LongStream.of(
                        0, 23, 24, 0xff, 0x100, 0xffff, 0x10000, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, 1L << 32)
                .flatMap(edge -> LongStream.of(edge, edge + 1, -edge, -edge - 1, -edge - 2));
        LongStream any = LongStream.range(0, 5000).map(i -> random.nextLong() >> random.nextInt(64));
        return LongStream.concat(LongStream.concat(edges, any), LongStream.of(Long.MAX_VALUE, Long.MIN_VALUE));
    }

    private static void assertIsJacksons(ScalarCodec scalar, Object value) throws IOException {
        byte[] bytes = scalar.write(value);
        assertThat(bytes).as("%s", value).isEqualTo(written(value));
        assertThat(read(scalar, bytes)).isEqualTo(value);
    }

    /** Between other bytes. */
    private static @Nullable Object read(ScalarCodec scalar, byte[] bytes) {
        byte[] around = new byte[bytes.length + 5];
        Arrays.fill(around, (byte) 0x61);
        System.arraycopy(bytes, 0, around, 3, bytes.length);
        return scalar.read(around, 3, bytes.length);
    }

    private static byte[] written(Object value) throws JsonProcessingException {
        return JacksonSetup.VALUES.writeValueAsBytes(value);
    }

    private static Object jacksons(Object like, byte[] bytes) {
        try {
            return JacksonSetup.VALUES.readValue(bytes, like.getClass());
        } catch (IOException unreadable) {
            return unreadable;
        }
    }

    private static JavaType type(Class<?> type) {
        return JacksonSetup.VALUES.constructType(type);
    }
}
