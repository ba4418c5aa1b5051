package dev.pipelinebox.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    private static final int MANY = 500;

    private final Random random = new Random(1);

    @Test
    void aSingleValueIsNotCopied() {
        byte[] value = {1, 2};

        assertThat(Payloads.of(value).get(0)).isSameAs(value);
        assertThat(Payloads.of(null).get(0)).isNull();
        assertThat(Payloads.of(new byte[0]).get(0)).isEmpty();
    }

    @Test
    void anySliceHasItsValuesAndNoOthers() {
        for (int i = 0; i < MANY; i++) {
            List<byte @Nullable []> values = anyValues();
            int from = random.nextInt(values.size());
            int to = from + 1 + random.nextInt(values.size() - from);

            Payloads slice = built(values).slice(from, to);

            assertIs(slice, values.subList(from, to));
            assertIs(
                    Payloads.of(
                            Arrays.copyOfRange(slice.array(), slice.offset(0), slice.offset(slice.count())),
                            with(0, slice.ends())),
                    values.subList(from, to));
            assertThat(slice)
                    .isEqualTo(built(values.subList(from, to)))
                    .hasSameHashCodeAs(built(values.subList(from, to)));
        }
    }

    @Test
    void slicesCanBePutTogetherAgain() {
        for (int i = 0; i < MANY; i++) {
            List<byte @Nullable []> values = anyValues();
            int middle = random.nextInt(values.size() + 1);
            Payloads whole = built(values);
            Payloads.Builder builder = new Payloads.Builder();

            builder.addAll(whole.slice(0, middle));
            builder.addAll(whole.slice(middle, values.size()));

            assertThat(builder.take()).isEqualTo(whole);
        }
    }

    @Test
    void tellsANullValueFromAnEmptyOne() {
        assertThat(Payloads.of(null)).isNotEqualTo(Payloads.of(new byte[0]));
    }

    @Test
    void tellsHowManyOfTheFirstValuesFit() {
        Payloads three =
                built(List.of(new byte[10], new byte[20], new byte[30])).slice(1, 3);

        assertThat(three.fitting(5, 50)).isEqualTo(2);
        assertThat(three.fitting(5, 49)).isEqualTo(1);
        assertThat(three.fitting(5, 19)).isZero();
        assertThat(three.fitting(1, 50)).isEqualTo(1);
        assertThat(three.fitting(-3, 50)).isNotPositive();
    }

    @Test
    void aSmallPartThatIsKeptDoesNotKeepTheRest() {
        Payloads part =
                built(List.of(new byte[10], new byte[2000], new byte[0])).slice(0, 1);

        assertThat(part.compact()).isEqualTo(part);
        assertThat(part.compact().array()).hasSize(10);
    }

    @Test
    void aBuilderSaysWhenItHasEnough() {
        Payloads.Builder builder = new Payloads.Builder();
        assertThat(builder.hasRoomFor(1, 1 << 20)).as("a first value").isTrue();

        builder.add(new byte[60 << 10]);
        assertThat(builder.hasRoomFor(1, 4 << 10)).isTrue();
        assertThat(builder.hasRoomFor(1, (4 << 10) + 1)).isFalse();
        assertThat(builder.hasRoomFor(1023, 0)).isTrue();
        assertThat(builder.hasRoomFor(1024, 0)).isFalse();
    }

    @Test
    void whatWasTakenOfABuilderDoesNotChange() {
        Payloads.Builder builder = new Payloads.Builder();
        builder.add(new byte[] {1});
        Payloads first = builder.take();
        builder.add(new byte[] {2});

        assertThat(builder.take().get(0)).containsExactly(2);
        assertThat(first.get(0)).containsExactly(1);
    }

    @Test
    void refusesEndsThatAreOutsideOrOutOfOrder() {
        byte[] three = new byte[3];
        for (int[] ends : new int[][] {{0, 4}, {0, ~4}, {0, 2, 1}, {0, 2, ~1}}) {
            assertThatThrownBy(() -> Payloads.of(three, ends)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private List<byte @Nullable []> anyValues() {
        List<byte @Nullable []> values = new ArrayList<>();
        for (int count = 1 + random.nextInt(8); count > 0; count--) {
            byte[] value = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(20)];
            random.nextBytes(value);
            values.add(random.nextInt(3) == 0 ? null : value);
        }
        return values;
    }

    private static Payloads built(List<byte @Nullable []> values) {
        Payloads.Builder builder = new Payloads.Builder();
        values.forEach(builder::add);
        return builder.take();
    }

    private static int[] with(int first, int[] others) {
        int[] all = new int[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private static void assertIs(Payloads payloads, List<byte @Nullable []> values) {
        assertThat(payloads.count()).isEqualTo(values.size());
        int size = 0;
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            assertThat(payloads.get(i)).isEqualTo(value);
            assertThat(payloads.isNull(i)).isEqualTo(value == null);
            assertThat(payloads.size(i)).isEqualTo(value == null ? 0 : value.length);
            size += payloads.size(i);
        }
        assertThat(payloads.size()).isEqualTo(size);
    }
}
