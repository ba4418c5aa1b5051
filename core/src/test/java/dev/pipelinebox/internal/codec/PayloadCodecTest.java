package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.Worker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCodecTest {

    private static final int NO_LIMIT = 1 << 30;

    /** A worker that takes and returns one type; its subclasses below name the type. */
    public abstract static class Of<T> implements Worker<T, T> {
        @Override
        public T runTask(T argument) {
            return argument;
        }
    }

    public record Point(int x, int y) {}

    public record Pair<A, B>(A first, B second) {}

    public static final class Texts extends Of<String> {}

    public static final class Anything extends Of<Object> {}

    @Nested
    class CarriesPlainValues {

        public static final class Integers extends Of<Integer> {}

        public static final class Longs extends Of<Long> {}

        public static final class Doubles extends Of<Double> {}

        public static final class Booleans extends Of<Boolean> {}

        public static final class Decimals extends Of<BigDecimal> {}

        public static final class BigNumbers extends Of<BigInteger> {}

        public static final class Days extends Of<DayOfWeek> {}

        public static final class Bytes extends Of<byte[]> {}

        public static final class Uuids extends Of<UUID> {}

        public static final class Nothing extends Of<Void> {}

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "text", "ä€😀", "\u0000\n\t"})
        void texts(String text) {
            assertCarried(Texts.class, text);
        }

        @Test
        void aTextOfManyMegabytes() {
            String text = "x".repeat(20_000_001);
            PayloadCodec codec = codec(Texts.class);

            assertThat(text.equals(codec.readArgument(codec.writeArgument(text))))
                    .isTrue();
        }

        @Test
        void numbersToTheirLimits() {
            assertCarried(Integers.class, Integer.MIN_VALUE);
            assertCarried(Integers.class, Integer.MAX_VALUE);
            assertCarried(Longs.class, Long.MIN_VALUE);
            assertCarried(Longs.class, 1L);
            assertCarried(Doubles.class, Double.MIN_VALUE);
            assertCarried(Doubles.class, Double.NaN);
            assertCarried(Doubles.class, -0.0);
            assertCarried(Booleans.class, true);
        }

        @Test
        void decimalsWithTheirScale() {
            assertCarried(Decimals.class, new BigDecimal("1.50"));
            assertCarried(Decimals.class, new BigDecimal("-12345678901234567890.123456789012345678901234567890"));
            assertCarried(Decimals.class, new BigDecimal("1E+100"));
        }

        @Test
        void numbersOfThousandsOfDigits() {
            assertCarried(BigNumbers.class, BigInteger.TEN.pow(20_000));
            assertCarried(
                    Decimals.class, new BigDecimal(BigInteger.TEN.pow(20_000).add(BigInteger.ONE), 10));
        }

        @Test
        void enumsAndUuids() {
            assertCarried(Days.class, DayOfWeek.FRIDAY);
            assertCarried(Uuids.class, new UUID(1, 2));
        }

        @Test
        void bytesAsTheyAre() {
            byte[] bytes = new byte[1000];
            bytes[1] = -1;

            assertCarried(Bytes.class, bytes);
            assertThat(codec(Bytes.class).writeArgument(bytes)).isEqualTo(bytes);
        }

        @Test
        void bytesAsACopySoThatTheirBufferCanBeUsedAgain() {
            byte[] buffer = {1, 2, 3};

            byte[] written = codec(Bytes.class).writeArgument(buffer);
            buffer[0] = 9;

            assertThat(written).containsExactly(1, 2, 3);
            assertThat(codec(Bytes.class).readArgument(written)).isSameAs(written);
        }

        @Test
        void noBytesAndNullAsWhatTheyAre() {
            assertThat(codec(Bytes.class).writeResult(new byte[0])).isEmpty();
            assertThat(codec(Bytes.class).readResult(new byte[0])).isEqualTo(new byte[0]);
            assertThat(codec(Bytes.class).writeResult(null)).isNull();
            assertThat(codec(Bytes.class).readResult(null)).isNull();
        }

        @Test
        void nothingElseThatWasTakenForBytes() {
            assertThatThrownBy(() -> codec(Bytes.class).writeArgument("text"))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("java.lang.String");
        }

        @Test
        void nullAsNoBytes() {
            assertThat(codec(Texts.class).writeArgument(null)).isNull();
            assertThat(codec(Texts.class).readArgument(null)).isNull();
            assertThat(codec(Nothing.class).writeResult(null)).isNull();
            assertThat(codec(Nothing.class).readResult(null)).isNull();
        }
    }

    @Nested
    class CarriesRecords {

        public static final class Points extends Of<Point> {}

        public record Empty() {}

        public static final class Empties extends Of<Empty> {}

        public record Numbers(byte a, short b, int c, long d, float e, double f, boolean g, char h) {}

        public static final class AllNumbers extends Of<Numbers> {}

        public record Circle(double radius) {
            public double getArea() {
                return Math.PI * radius * radius;
            }

            public boolean isEmpty() {
                return radius == 0;
            }
        }

        public static final class Circles extends Of<Circle> {}

        public record Range(int from, int to) {
            public Range {
                if (from > to) {
                    throw new IllegalArgumentException("a range from " + from + " to " + to);
                }
            }
        }

        public static final class Ranges extends Of<Range> {}

        public record Optionals(Optional<String> text, Optional<Point> point, OptionalInt number) {}

        public static final class OptionalFields extends Of<Optionals> {}

        public record Nullable(String text, Integer number, List<Point> points) {}

        public static final class NullableFields extends Of<Nullable> {}

        public static final class Bean {
            private String name;

            public String getName() {
                return name;
            }

            public void setName(String name) {
                this.name = name;
            }
        }

        public static final class Beans extends Of<Bean> {}

        @Test
        void withPrimitiveFields() {
            assertCarried(Points.class, new Point(Integer.MIN_VALUE, 7));
            assertCarried(
                    AllNumbers.class,
                    new Numbers((byte) -1, (short) 2, 3, Long.MAX_VALUE, 1.1f, Double.MAX_VALUE, true, 'ß'));
        }

        @Test
        void withoutFields() {
            assertCarried(Empties.class, new Empty());
        }

        @Test
        void withDerivedGetters() {
            assertCarried(Circles.class, new Circle(2));
        }

        @Test
        void withOptionalFields() {
            assertCarried(
                    OptionalFields.class,
                    new Optionals(Optional.of("text"), Optional.of(new Point(1, 2)), OptionalInt.of(3)));
            assertCarried(OptionalFields.class, new Optionals(Optional.empty(), Optional.empty(), OptionalInt.empty()));
        }

        @Test
        void withNullFields() {
            assertCarried(NullableFields.class, new Nullable(null, null, null));
        }

        @Test
        void asWellAsBeans() {
            Bean bean = new Bean();
            bean.setName("a bean");
            PayloadCodec codec = codec(Beans.class);

            assertThat(codec.readArgument(codec.writeArgument(bean)))
                    .isInstanceOfSatisfying(
                            Bean.class, read -> assertThat(read.getName()).isEqualTo("a bean"));
        }

        @Test
        void onlyIfTheirConstructorAcceptsThem() {
            byte[] bytes = codec(Points.class).writeArgument(new Point(1, 2));

            assertThat(codec(Ranges.class).readArgument(codec(Ranges.class).writeArgument(new Range(1, 2))))
                    .isEqualTo(new Range(1, 2));
            assertThatThrownBy(() -> codec(BackwardRanges.class).readArgument(bytes))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("BackwardRange")
                    .hasMessageContaining("x is always wrong");
        }

        public record BackwardRange(int x, int y) {
            public BackwardRange {
                throw new IllegalArgumentException("x is always wrong");
            }
        }

        public static final class BackwardRanges extends Of<BackwardRange> {}
    }

    @Nested
    class CarriesGenerics {

        public static final class ListsOfMaps extends Of<List<Map<String, Point>>> {}

        public static final class Pairs extends Of<Pair<Point, List<Long>>> {}

        public static final class NestedPairs extends Of<Pair<Pair<Point, LocalDate>, Pair<Long, Optional<Point>>>> {}

        public static final class Sets extends Of<Set<Point>> {}

        public static final class SortedMaps extends Of<SortedMap<String, Integer>> {}

        public static final class Arrays extends Of<Point[]> {}

        public static final class Matrices extends Of<double[][]> {}

        public static final class GenericArrays extends Of<List<Point>[]> {}

        public static final class Optionals extends Of<Optional<Point>> {}

        public static final class Longs extends Of<List<Long>> {}

        @Test
        void listsOfMaps() {
            assertCarried(ListsOfMaps.class, List.of(Map.of("a", new Point(1, 2)), Map.of()));
        }

        @Test
        void listsOfLongsAsLongs() {
            assertCarried(Longs.class, List.of(1L, Long.MAX_VALUE));
        }

        @Test
        void listsThatHoldNull() {
            List<Long> holdsNull = new ArrayList<>();
            holdsNull.add(null);

            assertCarried(Longs.class, holdsNull);
        }

        @Test
        void pairsOfTheirTypeArguments() {
            assertCarried(Pairs.class, new Pair<>(new Point(1, 2), List.of(3L)));
            assertCarried(
                    NestedPairs.class,
                    new Pair<>(
                            new Pair<>(new Point(1, 2), LocalDate.of(2024, 2, 29)),
                            new Pair<>(4L, Optional.of(new Point(5, 6)))));
        }

        @Test
        void setsAndSortedMaps() {
            assertCarried(Sets.class, new LinkedHashSet<>(List.of(new Point(1, 2), new Point(3, 4))));
            assertCarried(SortedMaps.class, new TreeMap<>(Map.of("b", 1, "a", 2)));
        }

        @Test
        void arrays() {
            assertCarried(Arrays.class, new Point[] {new Point(1, 2), null});
            assertCarried(Matrices.class, new double[][] {{1, 2}, {}, {Double.NEGATIVE_INFINITY}});
        }

        @Test
        @SuppressWarnings({"unchecked", "rawtypes"})
        void arraysOfGenerics() {
            assertCarried(GenericArrays.class, new List[] {List.of(new Point(1, 2)), List.of()});
        }

        @Test
        void optionals() {
            assertCarried(Optionals.class, Optional.of(new Point(1, 2)));
            assertCarried(Optionals.class, Optional.empty());
        }

        @Test
        void anOptionalThatIsNullAsNull() {
            PayloadCodec codec = codec(Optionals.class);

            assertThat(codec.readArgument(codec.writeArgument(null))).isNull();
        }
    }

    @Nested
    class CarriesMapsByTheirKeys {

        public static final class ByDay extends Of<Map<DayOfWeek, Integer>> {}

        public static final class ByNumber extends Of<Map<Integer, String>> {}

        public static final class ByDate extends Of<Map<LocalDate, String>> {}

        public static final class ByUuid extends Of<Map<UUID, String>> {}

        public record Name(@JsonValue String text) {
            @JsonCreator
            public static Name of(String text) {
                return new Name(text);
            }
        }

        public static final class ByName extends Of<Map<Name, String>> {}

        public static final class ByPoint extends Of<Map<Point, String>> {}

        @Test
        void ofSimpleTypes() {
            assertCarried(ByDay.class, Map.of(DayOfWeek.FRIDAY, 5));
            assertCarried(ByNumber.class, Map.of(-1, "minus one"));
            assertCarried(ByDate.class, Map.of(LocalDate.of(2024, 2, 29), "leap day"));
            assertCarried(ByUuid.class, Map.of(new UUID(1, 2), "id"));
        }

        @Test
        void ofRecordsThatSayHowTheyAreWritten() {
            assertCarried(ByName.class, Map.of(new Name("Alice"), "first"));
        }

        @Test
        void ofVeryLongTexts() {
            assertCarried(CarriesLongNames.class, Map.of("x".repeat(100_000), 1));
        }

        @Test
        void ofOtherRecordsOnlyWithAClearRefusal() {
            PayloadCodec codec = codec(ByPoint.class);

            assertThatThrownBy(() -> codec.readArgument(codec.writeArgument(Map.of(new Point(1, 2), "a"))))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("Point")
                    .hasMessageContaining("Key");
        }

        public static final class CarriesLongNames extends Of<Map<String, Integer>> {}
    }

    @Nested
    class CarriesTimes {

        private static final ZonedDateTime SECOND_HALF_PAST_TWO = ZonedDateTime.of(
                        LocalDateTime.of(2024, 10, 27, 2, 30, 0, 123_456_789), ZoneId.of("Europe/Berlin"))
                .withLaterOffsetAtOverlap();

        public static final class Zoned extends Of<ZonedDateTime> {}

        public static final class Offset extends Of<OffsetDateTime> {}

        public static final class Instants extends Of<Instant> {}

        public static final class Durations extends Of<Duration> {}

        public static final class Zones extends Of<ZoneId> {}

        public record Times(
                Instant instant,
                Duration duration,
                LocalDate date,
                LocalTime time,
                LocalDateTime dateTime,
                Period period,
                ZoneOffset offset,
                ZoneId zone) {}

        public static final class AllTimes extends Of<Times> {}

        public record Meeting(ZonedDateTime start, Optional<OffsetDateTime> end, List<ZonedDateTime> breaks) {}

        public static final class Meetings extends Of<Meeting> {}

        @Test
        void ofAZoneWithTheZone() {
            assertCarried(Zoned.class, SECOND_HALF_PAST_TWO);
            assertCarried(Zoned.class, SECOND_HALF_PAST_TWO.withEarlierOffsetAtOverlap());
            assertCarried(Zoned.class, SECOND_HALF_PAST_TWO.withFixedOffsetZone());
            assertCarried(Zoned.class, SECOND_HALF_PAST_TWO.withZoneSameInstant(ZoneOffset.UTC));
            assertCarried(Zoned.class, SECOND_HALF_PAST_TWO.withZoneSameInstant(ZoneId.of("UTC")));
        }

        @Test
        void withAnOffsetWithTheOffset() {
            assertCarried(Offset.class, SECOND_HALF_PAST_TWO.toOffsetDateTime());
            assertCarried(Offset.class, OffsetDateTime.MIN);
            assertCarried(Offset.class, OffsetDateTime.MAX);
        }

        @Test
        void inFieldsWithZoneAndOffset() {
            assertCarried(
                    Meetings.class,
                    new Meeting(
                            SECOND_HALF_PAST_TWO,
                            Optional.of(SECOND_HALF_PAST_TWO.plusHours(1).toOffsetDateTime()),
                            List.of(SECOND_HALF_PAST_TWO.plusMinutes(5))));
        }

        @Test
        void toTheNanosecond() {
            assertCarried(Instants.class, Instant.ofEpochSecond(-5, 999_999_999));
            assertCarried(Instants.class, Instant.MAX);
            assertCarried(Durations.class, Duration.ofSeconds(-3, 7));
            assertCarried(Durations.class, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        }

        @Test
        void ofAllOtherKinds() {
            assertCarried(
                    AllTimes.class,
                    new Times(
                            Instant.EPOCH,
                            Duration.ofDays(-1),
                            LocalDate.of(-44, 3, 15),
                            LocalTime.of(1, 2, 3, 4),
                            LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_999),
                            Period.of(1, -2, 3),
                            ZoneOffset.ofHoursMinutesSeconds(1, 2, 3),
                            ZoneId.of("Asia/Tokyo")));
        }

        @Test
        void zonesThemselvesAlthoughTheJdkSealsThem() {
            assertCarried(Zones.class, ZoneId.of("Europe/Berlin"));
            assertCarried(Zones.class, ZoneOffset.ofHours(2));
        }
    }

    @Nested
    class CarriesSealedTypes {

        public sealed interface Shape permits Circle, Square, Drawing {}

        public record Circle(double radius) implements Shape {}

        public record Square(double side) implements Shape {}

        public record Drawing(Shape main, List<Shape> others, Map<String, Shape> named, Optional<Shape> background)
                implements Shape {}

        public static final class Shapes extends Of<Shape> {}

        public static final class ShapeLists extends Of<List<Shape>> {}

        public static final class ShapeArrays extends Of<Shape[]> {}

        public static final class ShapePairs extends Of<Pair<Shape, Shape>> {}

        public record Exactly(Circle circle) {}

        public static final class Exact extends Of<Exactly> {}

        public sealed interface Expression permits Constant, Operation {}

        public record Constant(int value) implements Expression {}

        public sealed interface Operation extends Expression permits Sum, Negation {}

        public record Sum(Expression left, Expression right) implements Operation {}

        public record Negation(Expression of) implements Operation {}

        public static final class Expressions extends Of<Expression> {}

        public static final class Operations extends Of<Operation> {}

        public sealed interface Either<A, B> permits Left, Right {}

        public record Left<A, B>(A value) implements Either<A, B> {}

        public record Right<A, B>(B value) implements Either<A, B> {}

        public static final class Eithers extends Of<Either<Point, List<LocalDate>>> {}

        public sealed interface Operator permits Plain, Special {}

        public enum Plain implements Operator {
            PLUS,
            MINUS
        }

        public record Special(String name) implements Operator {}

        public static final class Operators extends Of<List<Operator>> {}

        public sealed interface Signal permits Stop, Go {}

        public record Stop() implements Signal {}

        public record Go() implements Signal {}

        public static final class Signals extends Of<List<Signal>> {}

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
        @JsonSubTypes({@JsonSubTypes.Type(value = Cat.class, name = "cat"), @JsonSubTypes.Type(Dog.class)})
        public sealed interface Animal permits Cat, Dog {}

        public record Cat(int lives) implements Animal {}

        @JsonTypeName("hound")
        public record Dog(String name) implements Animal {}

        public static final class Animals extends Of<Animal> {}

        public record Owner(Animal pet, List<Animal> others) {}

        public static final class Owners extends Of<Owner> {}

        public sealed interface Label permits Written {
            @JsonValue
            String text();

            @JsonCreator
            static Label of(String text) {
                return new Written(text);
            }
        }

        public record Written(String text) implements Label {}

        public static final class Labels extends Of<List<Label>> {}

        @Test
        void atTheTop() {
            assertCarried(Shapes.class, new Circle(1));
            assertCarried(Shapes.class, new Square(2));
        }

        @Test
        void inListsArraysAndTypeArguments() {
            assertCarried(ShapeLists.class, List.of(new Circle(1), new Square(2)));
            assertCarried(ShapeArrays.class, new Shape[] {new Circle(1), null});
            assertCarried(ShapePairs.class, new Pair<>(new Circle(1), new Square(2)));
        }

        @Test
        void inFields() {
            assertCarried(
                    Shapes.class,
                    new Drawing(
                            new Circle(1),
                            List.of(new Square(2), new Drawing(null, List.of(), Map.of(), Optional.empty())),
                            Map.of("a", new Circle(3)),
                            Optional.of(new Square(4))));
        }

        @Test
        void whereTheFieldAlreadySaysWhich() {
            assertCarried(Exact.class, new Exactly(new Circle(1)));
        }

        @Test
        void inSeveralLevels() {
            Operation sum = new Sum(new Constant(1), new Negation(new Sum(new Constant(2), new Constant(3))));

            assertCarried(Expressions.class, sum);
            assertCarried(Operations.class, sum);
        }

        @Test
        void withTypeArguments() {
            assertCarried(Eithers.class, new Left<>(new Point(1, 2)));
            assertCarried(Eithers.class, new Right<>(List.of(LocalDate.EPOCH)));
        }

        @Test
        void withEnumsAmongThem() {
            assertCarried(Operators.class, List.of(Plain.MINUS, new Special("max")));
        }

        @Test
        void withoutFields() {
            assertCarried(Signals.class, List.of(new Stop(), new Go()));
        }

        @Test
        void byTheSimpleNameOfTheirClass() throws Exception {
            JsonNode wire = wire(Shapes.class, new Circle(1));

            assertThat(wire.path("@type").textValue()).contains("Circle").doesNotContain("dev.pipelinebox");
            assertThat(wire.path("radius").doubleValue()).isEqualTo(1);
        }

        @Test
        void byTheUsersAnnotationsIfThereAreAny() throws Exception {
            assertCarried(Animals.class, new Cat(9));
            assertCarried(Animals.class, new Dog("Rex"));
            assertCarried(Owners.class, new Owner(new Cat(9), List.of(new Dog("Rex"), new Cat(7))));
            assertThat(wire(Animals.class, new Cat(9)).toString()).isEqualTo("{\"kind\":\"cat\",\"lives\":9}");
            assertThat(wire(Animals.class, new Dog("Rex")).toString())
                    .isEqualTo("{\"kind\":\"hound\",\"name\":\"Rex\"}");
        }

        @Test
        void thatSayThemselvesHowTheyAreWritten() throws Exception {
            assertCarried(Labels.class, List.of(new Written("a label")));
            assertThat(wire(Labels.class, List.of(new Written("a label"))).toString())
                    .isEqualTo("[\"a label\"]");
        }

        @Test
        void neverByLoadingAClassThatTheWireNames() throws Exception {
            byte[] forged = new CBORMapper().writeValueAsBytes(Map.of("@type", "java.lang.Thread"));

            assertThatThrownBy(() -> codec(Shapes.class).readArgument(forged))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("java.lang.Thread")
                    .hasMessageContaining("known type ids");
        }
    }

    @Nested
    class CarriesUntypedValues {

        @Test
        void asPlainJavaTypes() {
            PayloadCodec codec = codec(Anything.class);
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("text", "a");
            value.put("numbers", List.of(1, 2.5, Long.MAX_VALUE));
            value.put("flag", true);
            value.put("nothing", null);

            assertThat(codec.readArgument(codec.writeArgument(value)))
                    .isEqualTo(value)
                    .isInstanceOf(LinkedHashMap.class);
        }
    }

    @Nested
    class Refuses {

        public static final class Node {
            public Node next;
        }

        public static final class Nodes extends Of<Node> {}

        public static final class Lists extends Of<List<Object>> {}

        public static final class Opaque {
            private final int secret = 1;

            int secret() {
                return secret;
            }
        }

        public static final class Opaques extends Of<Opaque> {}

        public static final class Threads extends Of<Thread> {}

        public static final class Integers extends Of<Integer> {}

        public interface Named {
            String getName();
        }

        public static final class Names extends Of<Named> {}

        public record Broken(int x) {
            public int getY() {
                throw new IllegalStateException("no y today");
            }
        }

        public static final class BrokenGetters extends Of<Broken> {}

        public record Endless(int x) {
            @SuppressWarnings("InfiniteRecursion")
            public int getY() {
                return 1 + getY();
            }
        }

        public record Unloadable(String name) {
            static final int LICENCE = Integer.parseInt("no licence");
        }

        public static final class Unloadables extends Of<Unloadable> {}

        public static final class EndlessGetters extends Of<Endless> {}

        @Test
        void aValueThatHoldsItself() {
            Node node = new Node();
            node.next = node;

            assertThatThrownBy(() -> codec(Nodes.class).writeArgument(node))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("The argument")
                    .hasMessageContaining("Node")
                    .hasMessageContaining("self-reference")
                    .hasMessageContaining("use records, or annotate the class");
        }

        @Test
        void aValueThatHoldsItselfInALongCircle() {
            List<Object> outer = new ArrayList<>();
            outer.add(List.of(outer));

            assertThatThrownBy(() -> codec(Lists.class).writeResult(outer))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("The result")
                    .hasMessageContaining("nesting depth");
        }

        @Test
        void aValueThatHoldsItselfInWordsThatCanBeRead() {
            List<Object> outer = new ArrayList<>();
            outer.add(List.of(outer));

            assertThatThrownBy(() -> codec(Lists.class).writeResult(outer))
                    .message()
                    .hasSizeLessThan(4_000);
        }

        @Test
        void aClassWithoutProperties() {
            assertThatThrownBy(() -> codec(Opaques.class).writeArgument(new Opaque()))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("Opaque")
                    .hasMessageContaining("no properties")
                    .hasMessageContaining("use records, or annotate the class");
        }

        @Test
        void aThreadBeforeTheTaskReachesAnotherProcess() {
            PayloadCodec codec = codec(Threads.class);

            assertThatThrownBy(() -> codec.readArgument(codec.writeArgument(Thread.currentThread())))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("java.lang.Thread");
        }

        @Test
        void aValueWhoseGetterThrowsAndTellsWhich() {
            assertThatThrownBy(() -> codec(BrokenGetters.class).writeArgument(new Broken(1)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("no y today")
                    .hasMessageContaining("\"y\"");
        }

        @Test
        void aValueWhoseGetterNeverEnds() {
            assertThatThrownBy(() -> codec(EndlessGetters.class).writeArgument(new Endless(1)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("Endless")
                    .hasMessageContaining("StackOverflowError");
        }

        @Test
        void toReadWhatCannotBeBuilt() {
            PayloadCodec codec = codec(Names.class);
            Named named = () -> "Alice";
            byte[] bytes = codec.writeArgument(named);

            assertThatThrownBy(() -> codec.readArgument(bytes))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("cannot be read back as")
                    .hasMessageContaining("Named");
        }

        @Test
        void toReadWhatHasAClassThatCannotBeInitialised() {
            byte[] bytes = codec(Anything.class).writeResult(Map.of("name", "Alice"));

            for (String problem : List.of("no licence", "NoClassDefFoundError")) {
                assertThatThrownBy(() -> codec(Unloadables.class).readResult(bytes))
                        .isInstanceOf(PayloadException.class)
                        .hasMessageContaining("The result cannot be read back as")
                        .hasMessageContaining(problem)
                        .hasCauseInstanceOf(LinkageError.class);
            }
        }

        @Test
        void aValueOfAnotherTypeThanDeclared() {
            PayloadCodec codec = codec(Integers.class);

            assertThatThrownBy(() -> codec.readArgument(codec.writeArgument("not a number")))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("java.lang.Integer");
        }

        @Test
        void bytesThatAreNoValue() {
            assertThatThrownBy(() -> codec(Integers.class).readResult(new byte[] {(byte) 0xff}))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("The result cannot be read back as java.lang.Integer");
        }

        @Test
        void whatIsTooLargeAndNamesTheKeyThatSaysSo() {
            PayloadCodec codec = new PayloadCodec(WorkerClass.of(Texts.class), 100);

            assertThat(codec.writeArgument("x".repeat(98))).hasSize(100);
            assertThatThrownBy(() -> codec.writeArgument("x".repeat(99)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("The argument takes 101 bytes")
                    .hasMessageContaining("100")
                    .hasMessageContaining("pipelinebox.payload.max-size");
            assertThatThrownBy(() -> codec.writeResult("x".repeat(99)))
                    .isInstanceOf(PayloadException.class)
                    .hasMessageContaining("The result takes 101 bytes")
                    .hasMessageContaining("pipelinebox.payload.max-size");
        }
    }

    private static PayloadCodec codec(Class<? extends Worker<?, ?>> workerClass) {
        return new PayloadCodec(WorkerClass.of(workerClass), NO_LIMIT);
    }

    private static JsonNode wire(Class<? extends Worker<?, ?>> workerClass, Object value) throws Exception {
        return new CBORMapper().readTree(codec(workerClass).writeArgument(value));
    }

    /** There and back, as argument and as result, with nothing lost. */
    private static <T> void assertCarried(Class<? extends Of<T>> workerClass, T value) {
        PayloadCodec master = codec(workerClass);
        PayloadCodec worker = codec(workerClass);

        assertThat(worker.readArgument(master.writeArgument(value)))
                .as("as argument")
                .isEqualTo(value);
        assertThat(master.readResult(worker.writeResult(value))).as("as result").isEqualTo(value);
    }
}
