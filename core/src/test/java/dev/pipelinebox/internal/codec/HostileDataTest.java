package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.Worker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the user's that come from others. They cost what they take and nothing more, and name no class. */
class HostileDataTest {

    private static final int LIMIT = 64 << 20;

    /** A worker of one type. */
    public abstract static class Of<T> implements Worker<T, T> {

        @Override
        public T runTask(T argument) {
            return argument;
        }
    }

    /** Values of any type. */
    public static final class Anything extends Of<Object> {}

    /** JSON as it came. */
    public static final class Trees extends Of<JsonNode> {}

    /** Whole numbers. */
    public static final class Whole extends Of<BigInteger> {}

    /** Decimal numbers. */
    public static final class Decimals extends Of<BigDecimal> {}

    private final PayloadCodec anything = codec(Anything.class);
    private final PayloadCodec trees = codec(Trees.class);

    @ParameterizedTest
    @ValueSource(ints = {1_001, 100_000})
    void aValueThatIsNestedTooDeeplyFails(int depth) {
        List<Object> nested = new ArrayList<>();
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < depth; i++) {
            nested = new ArrayList<>(List.of(nested));
            tree = JsonNodeFactory.instance.arrayNode().add(tree);
        }
        Object value = nested;
        JsonNode node = tree;

        assertThatThrownBy(() -> anything.writeArgument(value)).isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> trees.writeResult(node)).isInstanceOf(PayloadException.class);
    }

    /** Bytes that this library did not write: from a socket that breaks, or a worker whose memory was overwritten. */
    @Test
    void bytesThatAreNestedTooDeeplyFail() {
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 0x81);

        assertThatThrownBy(() -> anything.readArgument(bytes))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void bytesThatAnnounceGigabytesFail() {
        byte[] text = {0x7a, 0x7f, 0x7f, 0x7f, 0x7f, 'a'};
        byte[] array = {(byte) 0x9a, 0x7f, 0x7f, 0x7f, 0x7f, 1};
        byte[] binary = {0x5a, 0x7f, 0x7f, 0x7f, 0x7f, 1};

        for (byte[] bytes : List.of(text, array, binary)) {
            assertThatThrownBy(() -> anything.readResult(bytes)).isInstanceOf(PayloadException.class);
        }
    }

    @Test
    void aNumberWithAHugeExponentIsNotWrittenOut() {
        BigDecimal huge = new BigDecimal("1E+1000000000");
        PayloadCodec decimals = codec(Decimals.class);

        assertThat(decimals.readArgument(decimals.writeArgument(huge))).isEqualTo(huge);
    }

    @Test
    void aDecimalNumberWithAHugeExponentIsNoWholeNumber() {
        byte[] huge = codec(Decimals.class).writeArgument(new BigDecimal("1E+1000000000"));

        assertThatThrownBy(() -> codec(Whole.class).readArgument(huge)).isInstanceOf(PayloadException.class);
    }

    @Test
    void aNumberOfAMillionDigitsIsCarried() {
        BigInteger number = BigInteger.ONE.shiftLeft(3_400_000);
        PayloadCodec whole = codec(Whole.class);

        assertThat(whole.readArgument(whole.writeArgument(number))).isEqualTo(number);
    }

    /** As everywhere in Jackson; JSON says only that names should be unique. */
    @Test
    void ofEqualKeysTheLastCounts() throws Exception {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1, "first");
        map.put("1", "last");

        assertThat(anything.readArgument(anything.writeArgument(map))).isEqualTo(Map.of("1", "last"));
        JsonNode parsed = JsonMapper.builder().build().readTree("{\"a\":1,\"a\":2}");
        assertThat(trees.readArgument(trees.writeArgument(parsed))).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@class", "@type", "@c", "class", "type"})
    void theNameOfAClassIsAText(String property) {
        Map<String, String> map = Map.of(property, "javax.swing.JEditorPane", "page", "http://127.0.0.1:1/");

        assertThat(anything.readArgument(anything.writeArgument(map))).isEqualTo(map);
        assertThat(anything.readArgument(anything.writeArgument(List.of("javax.swing.JEditorPane", map))))
                .isEqualTo(List.of("javax.swing.JEditorPane", map));
    }

    /** The names of properties are in the message. */
    @Test
    void aNameCannotDriveATerminalThroughAnError() {
        Map<String, Object> map = Map.of("\u001b[2J\n", new Object());

        assertThatThrownBy(() -> anything.writeArgument(map))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("\\u001b[2J\\u000a")
                .message()
                .doesNotContain("\u001b", "\n");
    }

    private static PayloadCodec codec(Class<? extends Worker<?, ?>> type) {
        return new PayloadCodec(WorkerClass.of(type), LIMIT);
    }
}
