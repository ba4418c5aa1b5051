package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JavaType;
import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WorkerClassTest {

    public static class Plain implements Worker<String, Integer> {
        @Override
        public Integer runTask(String argument) {
            return argument.length();
        }
    }

    /** Spares the workers below a body. */
    public interface Runs<A, R> extends Worker<A, R> {
        @Override
        default R runTask(A argument) {
            throw new UnsupportedOperationException();
        }
    }

    public record Parameters(String name) {}

    @Nested
    class FindsTheTypes {

        public abstract static class Half<R> implements Runs<List<R>, R> {}

        public abstract static class Swapped<R, A> implements Runs<A, R> {}

        public abstract static class Middle<T> extends Swapped<Map<String, T>, T[]> {}

        public static class Whole extends Half<Long> {}

        public static class Below extends Middle<Integer> {}

        public static class Lower extends Below {}

        public interface Marker {}

        public static class WithOtherSupertypes extends Thread implements Marker, Runs<Long, Plain> {}

        public static class Wild implements Runs<List<? extends Number>, Map<String, ?>> {}

        public record RecordWorker() implements Runs<String, String> {}

        @Test
        void inTheClassItself() {
            assertTypes(Plain.class, "java.lang.String", "java.lang.Integer");
        }

        @Test
        void inASuperclass() {
            assertTypes(Lower.class, "[Ljava.lang.Integer;", "java.util.Map<java.lang.String,java.lang.Integer>");
        }

        @Test
        void throughAGenericSuperclass() {
            assertTypes(Whole.class, "java.util.List<java.lang.Long>", "java.lang.Long");
        }

        @Test
        void throughSeveralGenericClassesThatSwapThem() {
            assertTypes(Below.class, "[Ljava.lang.Integer;", "java.util.Map<java.lang.String,java.lang.Integer>");
        }

        @Test
        void amongOtherSupertypes() {
            assertTypes(WithOtherSupertypes.class, "java.lang.Long", Plain.class.getName());
        }

        @Test
        void withWildcardsByTheirBounds() {
            assertTypes(
                    Wild.class, "java.util.List<java.lang.Number>", "java.util.Map<java.lang.String,java.lang.Object>");
        }

        @Test
        void ofARecord() {
            assertTypes(RecordWorker.class, "java.lang.String", "java.lang.String");
        }

        private static void assertTypes(Class<? extends Worker<?, ?>> type, String argument, String result) {
            assertThat(WorkerClass.of(type).taskTypes())
                    .extracting(JavaType::toCanonical)
                    .containsExactly(argument, result);
        }
    }

    @Nested
    class RefusesOpenTypes {

        @SuppressWarnings("rawtypes")
        public static class Raw implements Worker {
            @Override
            public Object runTask(Object argument) {
                return argument;
            }
        }

        public static class Open<T> implements Runs<T, String> {}

        public static class Bounded<T extends Number> implements Runs<String, T> {}

        public static class OpenInside<T> implements Runs<List<T>, String> {}

        public static class OpenArray<T> implements Runs<String, T[]> {}

        public static class OpenBound<T> implements Runs<String, List<? extends T>> {}

        @SuppressWarnings("rawtypes")
        public static class RawSubclass extends Open {}

        public static class Other implements Runs<List<String>, Map<String, List<Integer>>> {}

        @Test
        void ofARawWorker() {
            assertRefused(Raw.class, "leaves the type argument A of Worker<A, R> open", "implements Worker<String,");
        }

        @Test
        void ofARawSuperclass() {
            assertRefused(RawSubclass.class, "RawSubclass", "type argument A", "names both types");
        }

        @Test
        void thatAreVariables() {
            assertRefused(Open.class, "type argument A");
            assertRefused(Bounded.class, "type argument R");
        }

        @Test
        void thatHoldVariables() {
            assertRefused(OpenInside.class, "type argument A");
            assertRefused(OpenArray.class, "type argument R");
            assertRefused(OpenBound.class, "type argument R");
        }

        @Test
        void butNotGenericsThatAreFixed() {
            assertThat(WorkerClass.of(Other.class).workerClass()).isEqualTo(Other.class);
        }
    }

    @Nested
    class RefusesAClass {

        public abstract static class Abstract implements Runs<String, String> {}

        public interface Interface extends Runs<String, String> {}

        static class PackagePrivate implements Runs<String, String> {
            public PackagePrivate() {}
        }

        protected static class Protected implements Runs<String, String> {
            public Protected() {}
        }

        private static final class Private implements Runs<String, String> {
            public Private() {}
        }

        public class Inner implements Runs<String, String> {}

        public enum Constants implements Runs<String, String> {
            ONE
        }

        @Test
        void thatIsNoWorker() {
            assertRefused(String.class, "java.lang.String does not implement dev.pipelinebox.api.Worker");
        }

        @Test
        void thatIsAbstract() {
            assertRefused(Abstract.class, "Abstract is abstract", "give a concrete class that implements Worker");
        }

        @Test
        void thatIsAnInterface() {
            assertRefused(Interface.class, "Interface is an interface", "give a concrete class");
            assertRefused(Worker.class, "Worker is an interface");
        }

        @Test
        void thatIsNotPublic() {
            assertRefused(PackagePrivate.class, "PackagePrivate is not public", "declare it public");
            assertRefused(Protected.class, "Protected is not public");
            assertRefused(Private.class, "Private is not public");
        }

        @Test
        void thatIsInner() {
            assertRefused(Inner.class, "Inner is an inner class", "declare it static");
        }

        @Test
        void thatIsLocal() {
            class Local implements Runs<String, String> {
                public Local() {}
            }

            assertRefused(Local.class, "Local is declared inside a method", "public static nested one");
        }

        @Test
        void thatIsAnonymous() {
            Worker<String, String> anonymous = new Runs<>() {};

            assertRefused(anonymous.getClass(), "is declared inside a method");
        }

        @Test
        void thatIsALambda() {
            Worker<String, String> lambda = argument -> argument;

            assertRefused(lambda.getClass(), "is a lambda", "write a public class that implements Worker");
        }

        @Test
        void thatIsAnEnum() {
            assertRefused(Constants.class, "Constants has no public constructor");
        }
    }

    @Nested
    class RefusesTheConstructors {

        public static class NoneIsPublic implements Runs<String, String> {
            NoneIsPublic(Parameters parameters) {}

            protected NoneIsPublic(List<String> names) {}
        }

        public static class Several implements Runs<String, String> {
            public Several() {}

            public Several(Parameters parameters) {}

            Several(int hidden) {}
        }

        public static class TwoParameters implements Runs<String, String> {
            public TwoParameters(String name, int threads) {}
        }

        @Test
        void ofWhichNoneIsPublic() {
            assertRefused(
                    NoneIsPublic.class,
                    "NoneIsPublic has no public constructor",
                    "NoneIsPublic(" + Parameters.class.getName() + ")",
                    "protected NoneIsPublic(java.util.List<java.lang.String>)",
                    "declare one public",
                    "a record");
        }

        @Test
        void ofWhichSeveralArePublic() {
            assertRefused(
                    Several.class,
                    "Several has 2 public constructors",
                    "public Several()",
                    "public Several(" + Parameters.class.getName() + ")",
                    "leave only one public");
            assertThatThrownBy(() -> WorkerClass.of(Several.class))
                    .message()
                    .as("what is not public does not count")
                    .doesNotContain("Several(int)");
        }

        @Test
        void withTwoParameters() {
            assertRefused(
                    TwoParameters.class,
                    "TwoParameters has no public constructor with at most one parameter",
                    "public TwoParameters(java.lang.String, int)",
                    "put the parameters into one record");
        }
    }

    @Nested
    class Builds {

        public static class Named implements Runs<String, String> {
            final Parameters parameters;

            public Named(Parameters parameters) {
                this.parameters = parameters;
            }
        }

        public static class Failing implements Runs<String, String> {
            public Failing() throws IOException {
                throw new IOException("no licence");
            }
        }

        public static class OneOfItsOwn implements Runs<String, String> {
            public OneOfItsOwn() {}

            OneOfItsOwn(String forTests) {}
        }

        @Test
        void aWorkerWithoutParameters() throws Throwable {
            assertThat(WorkerClass.of(Plain.class).construct(null)).isInstanceOf(Plain.class);
            assertThat(WorkerClass.of(Plain.class).parametersType()).isEmpty();
        }

        @Test
        void aWorkerWithItsParameters() throws Throwable {
            Parameters parameters = new Parameters("Alice");

            assertThat(WorkerClass.of(Named.class).construct(parameters))
                    .isInstanceOfSatisfying(
                            Named.class, built -> assertThat(built.parameters).isSameAs(parameters));
        }

        @Test
        void byTheOnlyPublicConstructor() throws Throwable {
            assertThat(WorkerClass.of(OneOfItsOwn.class).construct(null)).isInstanceOf(OneOfItsOwn.class);
        }

        @Test
        void andLetsThroughWhatTheConstructorThrows() {
            assertThatThrownBy(() -> WorkerClass.of(Failing.class).construct(null))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("no licence");
        }
    }

    private static void assertRefused(Class<?> type, String... said) {
        assertThatThrownBy(() -> WorkerClass.of(type))
                .isInstanceOf(InvalidWorkerClassException.class)
                .message()
                .contains(said);
    }
}
