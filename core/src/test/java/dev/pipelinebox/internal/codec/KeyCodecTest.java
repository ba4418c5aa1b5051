package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.PayloadException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCodecTest {

    public record Customer(long id, String country) {}

    public record Order(long id, String country) {}

    public record Selection(Set<String> names, Map<String, Customer> customers) {}

    public enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "large";
            }
        }
    }

    /** Shows nothing to Jackson. */
    private static final class Opaque {}

    public static final class Broken {
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    @Test
    void equalKeysAreTheSameBytes() {
        assertThat(List.of(
                        List.of(
                                "customer 17",
                                new StringBuilder("customer ").append(17).toString()),
                        List.of(100_000, Integer.valueOf("100000")),
                        List.of(1.5, Double.valueOf("1.5")),
                        List.of(new Customer(7, "fr"), new Customer(7, "fr")),
                        List.of(Size.LARGE, Size.valueOf("LARGE")),
                        List.of(new UUID(1, 2), new UUID(1, 2)),
                        List.of(Locale.ROOT, Locale.ROOT),
                        List.of(List.of("x", 1), new ArrayList<>(List.of("x", 1)))))
                .allSatisfy(pair -> assertThat(KeyCodec.write(pair.get(0))).isEqualTo(KeyCodec.write(pair.get(1))));
    }

    @Test
    void differentKeysAreDifferentBytes() {
        List<Object> keys = List.of(
                "1",
                1,
                1L,
                1.0,
                "SMALL",
                Size.SMALL,
                Size.LARGE,
                new Customer(1, "fr"),
                new Customer(1, "de"),
                new Order(1, "fr"),
                List.of(1),
                Set.of(1),
                Map.of(1, 1));

        assertThat(keys.stream().map(KeyCodec::write).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfMapsAndSetsDoesNotCount() {
        List<Object> elements = List.of("one", "two", 3, new Customer(4, "fr"), List.of(5), Set.of("six", "seven"));
        List<Object> reversed = new ArrayList<>(elements);
        Collections.reverse(reversed);

        assertThat(KeyCodec.write(new LinkedHashSet<>(elements)))
                .isEqualTo(KeyCodec.write(new LinkedHashSet<>(reversed)))
                .isEqualTo(KeyCodec.write(new HashSet<>(elements)));
        assertThat(KeyCodec.write(map("a", "b", "c")))
                .isEqualTo(KeyCodec.write(map("c", "b", "a")))
                .isEqualTo(KeyCodec.write(new HashMap<>(map("b", "c", "a"))))
                .isEqualTo(KeyCodec.write(sortedBackwards(map("a", "b", "c"))));
        assertThat(KeyCodec.write(new Selection(new LinkedHashSet<>(List.of("a", "b")), map("a", "b"))))
                .isEqualTo(KeyCodec.write(new Selection(new LinkedHashSet<>(List.of("b", "a")), map("b", "a"))));
    }

    @Test
    void mapsMayHaveKeysThatHaveNoOrder() {
        Map<Customer, Integer> map = new LinkedHashMap<>();
        map.put(new Customer(1, "fr"), 1);
        map.put(new Customer(2, "fr"), 2);
        Map<Customer, Integer> other = new LinkedHashMap<>();
        other.put(new Customer(2, "fr"), 2);
        other.put(new Customer(1, "fr"), 1);

        assertThat(KeyCodec.write(map)).isEqualTo(KeyCodec.write(other));
    }

    @Test
    void aPathIsTheSameBytesBeforeAndAfterItIsMade(@TempDir Path folder) throws Exception {
        byte[] before = KeyCodec.write(folder.resolve("new"));

        Files.createDirectory(folder.resolve("new"));

        assertThat(KeyCodec.write(folder.resolve("new"))).isEqualTo(before);
    }

    @Test
    void aKeyThatCannotBeWrittenIsAnErrorWithItsCauseAndRemedy() {
        assertThatThrownBy(() -> KeyCodec.write(new Opaque()))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining(Opaque.class.getName())
                .hasMessageContaining("no properties")
                .hasMessageContaining("use a string, a number or a record");
        assertThatThrownBy(() -> KeyCodec.write(new Broken()))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("no name");
    }

    private static Map<String, Customer> map(String... keys) {
        Map<String, Customer> map = new LinkedHashMap<>();
        for (String key : keys) {
            map.put(key, new Customer(key.hashCode(), key));
        }
        return map;
    }

    private static Map<String, Customer> sortedBackwards(Map<String, Customer> map) {
        Map<String, Customer> sorted = new TreeMap<>(Collections.reverseOrder());
        sorted.putAll(map);
        return sorted;
    }
}
