package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.InvalidParametersException;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.internal.codec.PayloadCodecTest.Of;
import dev.pipelinebox.internal.codec.PayloadCodecTest.Texts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersCodecTest {

    public record Settings(String name, int threads, Optional<Duration> pause) {}

    public static final class Configured extends Of<String> {
        final Settings settings;

        public Configured(Settings settings) {
            this.settings = settings;
        }
    }

    public static final class Counting extends Of<String> {
        final int count;

        public Counting(int count) {
            this.count = count;
        }
    }

    public static final class Mapped extends Of<String> {
        final Map<String, Integer> limits;

        public Mapped(Map<String, Integer> limits) {
            this.limits = limits;
        }
    }

    public sealed interface Mode permits Fast, Slow {}

    public record Fast() implements Mode {}

    public record Slow(int factor) implements Mode {}

    public static final class Moded extends Of<String> {
        final Mode mode;

        public Moded(Mode mode) {
            this.mode = mode;
        }
    }

    public static final class Threaded extends Of<String> {
        public Threaded(Thread thread) {}
    }

    public record Positive(int number) {
        public Positive {
            if (number <= 0) {
                throw new IllegalArgumentException("the number has to be positive");
            }
        }
    }

    public static final class Strict extends Of<String> {
        public Strict(Positive positive) {}
    }

    @Test
    void mayBeTheConstructorsRecord() throws Throwable {
        Settings settings = new Settings("Alice", 2, Optional.of(Duration.ofMillis(5)));

        assertThat(build(Configured.class, settings).settings).isEqualTo(settings);
    }

    @Test
    void mayBeNamesAndValues() throws Throwable {
        assertThat(build(Configured.class, Map.of("name", "Bob", "threads", 3)).settings)
                .isEqualTo(new Settings("Bob", 3, Optional.empty()));
    }

    @Test
    void mayBeAnotherRecordOfTheSameNames() throws Throwable {
        record Similar(String name, int threads) {}

        assertThat(build(Configured.class, new Similar("Carol", 4)).settings)
                .isEqualTo(new Settings("Carol", 4, Optional.empty()));
    }

    @Test
    void mayBeAPlainValue() throws Throwable {
        assertThat(build(Counting.class, 5).count).isEqualTo(5);
    }

    @Test
    void mayBeAMapOfTheDeclaredTypes() throws Throwable {
        assertThat(build(Mapped.class, Map.of("a", 1)).limits).isEqualTo(Map.of("a", 1));
    }

    @Test
    void mayBeOfASealedType() throws Throwable {
        assertThat(build(Moded.class, new Slow(2)).mode).isEqualTo(new Slow(2));
        assertThat(build(Moded.class, new Fast()).mode).isEqualTo(new Fast());
    }

    @Test
    void mayBeMissingIfTheConstructorTakesNone() throws Throwable {
        assertThat(codec(Texts.class).write(null)).isNull();
        assertThat(build(Texts.class, null)).isInstanceOf(Texts.class);
    }

    @Test
    void ofAnUnknownNameAreRefusedWithItsPath() {
        assertRefused(Configured.class, Map.of("nam", "Bob", "threads", 1), "Configured", "Settings[\"nam\"]");
    }

    @Test
    void withoutAPrimitiveAreRefusedWithItsPath() {
        assertRefused(Configured.class, Map.of("name", "Bob"), "Settings", "[\"threads\"]", "int");
    }

    @Test
    void ofTheWrongTypeAreRefusedWithTheirPath() {
        assertRefused(Configured.class, Map.of("name", "Bob", "threads", "many"), "[\"threads\"]", "\"many\"");
        assertRefused(Configured.class, "Bob", "java.lang.String", "Settings");
        assertRefused(Counting.class, "five", "int", "\"five\"");
    }

    @Test
    void whoseElementsHaveTheWrongTypeAreRefused() {
        assertRefused(Mapped.class, Map.of("a", "one"), "Mapped", "java.util.Map");
    }

    @Test
    void thatTheirOwnConstructorRefusesAreRefusedWithItsReason() {
        assertRefused(Strict.class, Map.of("number", 0), "the number has to be positive");
    }

    @Test
    void thatCannotBeWrittenAreRefused() {
        assertRefused(Threaded.class, Thread.currentThread(), "Threaded", "java.lang.Thread");
    }

    @Test
    void areMissedIfTheConstructorTakesOne() {
        assertRefused(Configured.class, null, "Configured", "Settings", "call addWorker(parameters)", "Map");
    }

    @Test
    void areTooManyIfTheConstructorTakesNone() {
        assertRefused(Texts.class, "Bob", "takes no parameters", "java.lang.String", "call addWorker()");
    }

    private <W extends Worker<?, ?>> W build(Class<W> workerClass, Object parameters) throws Throwable {
        ParametersCodec codec = codec(workerClass);
        Object read = codec.read(codec.write(parameters));
        return workerClass.cast(WorkerClass.of(workerClass).construct(read));
    }

    private void assertRefused(Class<? extends Worker<?, ?>> workerClass, Object parameters, String... said) {
        assertThatThrownBy(() -> codec(workerClass).write(parameters))
                .isInstanceOf(InvalidParametersException.class)
                .message()
                .contains(said);
    }

    private static ParametersCodec codec(Class<? extends Worker<?, ?>> workerClass) {
        return new ParametersCodec(WorkerClass.of(workerClass));
    }
}
