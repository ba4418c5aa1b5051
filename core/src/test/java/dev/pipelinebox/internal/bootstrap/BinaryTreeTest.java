package dev.pipelinebox.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinaryTreeTest {

    @Test
    void everyKindOfValueArrivesAsItWasWritten() throws IOException {
        Map<String, Object> values = ConfigFactory.parseString("""
                        text = "grün \\u20ac", empty = "", yes = true, no = off, small = 7, large = 7000000000, part = 0.25
                        nothing = null, list = [1, [a, b], { c = d }], none = []
                        section { "dotted.key" { deep = 1 ms }, void {} }
                        """).root().unwrapped();

        assertThat(read(written(values))).isEqualTo(values);
    }

    @Test
    void textsMayBeLongerThanJavasOwnFormatAllows() throws IOException {
        Map<String, Object> values = Map.of("long", "x".repeat(100_000));

        assertThat(read(written(values))).isEqualTo(values);
    }

    @Test
    void whatIsCutOffIsAnError() throws IOException {
        byte[] whole = written(Map.of("key", "value"));

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsSomethingElseIsAnError() throws IOException {
        byte[] whole = written(Map.of("key", true));
        whole[whole.length - 1] = '?';

        assertThatThrownBy(() -> read(whole)).isInstanceOf(IOException.class).hasMessageContaining("63");
    }

    private static byte[] written(Map<String, ?> values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryTree.write(values, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Map<String, ?> read(byte[] bytes) throws IOException {
        return BinaryTree.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
