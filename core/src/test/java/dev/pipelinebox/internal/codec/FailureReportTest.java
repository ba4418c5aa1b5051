package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.RemoteThrowable;
import dev.pipelinebox.internal.codec.FailureReport.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReportTest {

    private static final int MOST_CHARACTERS = 16 << 10;

    @Test
    void carriesClassMessageAndFramesOfWhatWasThrown() {
        IllegalStateException thrown = new IllegalStateException("the message");

        RemoteThrowable remote = sentOver(FailureReport.of(Kind.TASK, thrown)).toThrowable();

        assertThat(remote.remoteClass()).isEqualTo("java.lang.IllegalStateException");
        assertThat(remote.remoteMessage()).isEqualTo("the message");
        assertThat(frames(remote)).isEqualTo(frames(thrown));
        assertThat(remote).hasNoCause();
    }

    @Test
    void carriesTheCausesInTheirOrder() {
        Throwable thrown =
                new RuntimeException("outer", new IOException("middle", new UnsupportedOperationException("inner")));

        RemoteThrowable remote = sentOver(FailureReport.of(Kind.TASK, thrown)).toThrowable();

        RemoteThrowable middle = (RemoteThrowable) remote.getCause();
        RemoteThrowable inner = (RemoteThrowable) middle.getCause();
        assertThat(middle.remoteClass()).isEqualTo("java.io.IOException");
        assertThat(middle.remoteMessage()).isEqualTo("middle");
        assertThat(frames(middle)).isEqualTo(frames(thrown.getCause()));
        assertThat(inner.remoteClass()).isEqualTo("java.lang.UnsupportedOperationException");
        assertThat(inner).hasNoCause();
    }

    @Test
    void carriesTheClassOfWhatATaskThrewAndItsSuperclasses() {
        FailureReport report = sentOver(FailureReport.of(Kind.TASK, new FileNotFoundException("gone")));

        assertThat(report.typesThrownByTask())
                .containsExactly(
                        "java.io.FileNotFoundException",
                        "java.io.IOException",
                        "java.lang.Exception",
                        "java.lang.Throwable");
    }

    @Test
    void carriesNoClassesOfCauses() {
        assertThat(FailureReport.of(Kind.TASK, new RuntimeException(new IOException()))
                        .typesThrownByTask())
                .doesNotContain("java.io.IOException");
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "TASK", mode = EnumSource.Mode.EXCLUDE)
    void saysThatTheTaskThrewNothingIfSomethingElseFailed(Kind kind) {
        assertThat(FailureReport.of(kind, new IOException()).typesThrownByTask())
                .isEmpty();
        assertThat(FailureReport.dropped().typesThrownByTask()).isEmpty();
    }

    @Test
    void printsAsTheOriginalWould() {
        Throwable thrown = new IllegalStateException("the message", new IOException("the cause"));

        String printed = print(FailureReport.of(Kind.TASK, thrown).toThrowable());

        assertThat(printed)
                .startsWith("java.lang.IllegalStateException: the message")
                .contains("Caused by: java.io.IOException: the cause")
                .contains("FailureReportTest.printsAsTheOriginalWould")
                .doesNotContain("RemoteThrowable");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysWhatTheWorkerWasDoing(Kind kind) {
        assertThat(sentOver(FailureReport.of(kind, new Exception())).kind()).isEqualTo(kind);
    }

    @Test
    void keepsANullMessageNull() {
        RemoteThrowable remote =
                sentOver(FailureReport.of(Kind.TASK, new Exception())).toThrowable();

        assertThat(remote.remoteMessage()).isNull();
        assertThat(remote).hasToString("java.lang.Exception");
    }

    @Test
    void sumsUpTheOutermostInOneLine() {
        assertThat(FailureReport.of(Kind.TASK, new IOException("no disk", new Exception("inner")))
                        .summary())
                .isEqualTo("java.io.IOException: no disk");
    }

    @Test
    void ofATaskThatWasDroppedHoldsNothing() {
        FailureReport report = sentOver(FailureReport.dropped());

        assertThat(report.kind()).isEqualTo(Kind.DROPPED);
        assertThat(report.chain()).isEmpty();
        assertThat(report.summary()).isEqualTo("nothing was thrown");
        assertThat(report.toThrowable().remoteClass()).isEqualTo("unknown");
    }

    @Test
    void endsALongChainOfCausesAfterSixteen() {
        Throwable thrown = new Exception("cause 100");
        for (int i = 99; i >= 0; i--) {
            thrown = new Exception("cause " + i, thrown);
        }

        FailureReport report = sentOver(FailureReport.of(Kind.TASK, thrown));

        assertThat(report.chain()).hasSize(1 + 16);
        assertThat(report.chain().get(16).message()).isEqualTo("cause 16");
    }

    @Test
    void endsACircleOfCausesWhereItBegan() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(sentOver(FailureReport.of(Kind.TASK, first)).chain())
                .extracting(FailureReport.Thrown::message)
                .containsExactly("first", "second");
    }

    @Test
    void cutsAHugeMessageAndSaysHowMuchIsMissing() {
        String message = message(new Exception("x".repeat(1_000_000)));

        assertThat(message)
                .startsWith("x".repeat(MOST_CHARACTERS))
                .endsWith("… (" + (1_000_000 - MOST_CHARACTERS) + " characters more)")
                .hasSizeLessThan(MOST_CHARACTERS + 100);
    }

    @Test
    void saysHowMuchIsMissingEvenWhereNothingIsLeftOfAMessage() {
        Throwable thrown = null;
        for (int i = 0; i < 10; i++) {
            thrown = new Exception("x".repeat(20_000), thrown);
        }

        List<FailureReport.Thrown> chain =
                sentOver(FailureReport.of(Kind.TASK, thrown)).chain();

        assertThat(chain)
                .extracting(link -> link.message().lastIndexOf('x') + 1 + missing(link.message()))
                .hasSize(10)
                .containsOnly(20_000);
    }

    @Test
    void keepsAMessageThatJustFits() {
        assertThat(message(new Exception("x".repeat(MOST_CHARACTERS)))).hasSize(MOST_CHARACTERS);
    }

    @Test
    void cutsAHugeMessageBetweenTwoHalvesOfACharacter() {
        assertThat(message(new Exception("x" + "😀".repeat(MOST_CHARACTERS)))).startsWith("x😀😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut short: \uD83D", "\uDE00", "\uD83D in the middle"})
    void carriesAMessageWithHalfACharacter(String message) {
        assertThat(message(new Exception(message))).hasSize(message.length());
    }

    @Test
    void cutsADeepStack() {
        Throwable overflow = overflow();

        List<FailureReport.Frame> stack =
                sentOver(FailureReport.of(Kind.TASK, overflow)).chain().get(0).stack();

        assertThat(stack).hasSize(256);
        assertThat(stack.get(0).method()).isEqualTo(overflow.getStackTrace()[0].getMethodName());
    }

    @Test
    void bearsAnExceptionWhoseMethodsThrow() {
        FailureReport report = sentOver(FailureReport.of(Kind.TASK, new Hostile()));

        assertThat(report.chain().get(0)).satisfies(thrown -> {
            assertThat(thrown.type()).isEqualTo(Hostile.class.getName());
            assertThat(thrown.message()).contains("getMessage() threw").contains("UnsupportedOperationException");
            assertThat(thrown.stack()).isEmpty();
        });
        assertThat(report.chain().get(1).message()).isEqualTo("no cause for you");
    }

    @Test
    void bearsAnExceptionWithoutAStack() {
        Exception bare = new Exception("bare", null, false, false) {};

        RemoteThrowable remote = sentOver(FailureReport.of(Kind.TASK, bare)).toThrowable();

        assertThat(remote.getStackTrace()).isEmpty();
        assertThat(remote.remoteMessage()).isEqualTo("bare");
    }

    @Test
    void bearsFramesWithoutFileAndLine() {
        Exception thrown = new Exception();
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("a.B", "unknown", null, -1), new StackTraceElement("a.B", "inNative", "B.java", -2)
        });

        RemoteThrowable remote = sentOver(FailureReport.of(Kind.TASK, thrown)).toThrowable();

        assertThat(remote.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(remote.getStackTrace()[1].isNativeMethod()).isTrue();
    }

    @Test
    void staysSmallWhateverIsThrown() {
        Throwable thrown = null;
        for (int i = 0; i < 100; i++) {
            Throwable deep = overflow();
            thrown = new Exception("x".repeat(100_000), thrown);
            thrown.setStackTrace(deep.getStackTrace());
        }

        assertThat(ReportCodec.write(FailureReport.of(Kind.TASK, thrown))).hasSizeLessThan(2 << 20);
    }

    /** What nobody should write, and somebody does. */
    private static final class Hostile extends RuntimeException {
        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("no message for you");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new StackOverflowError();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause for you");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text for you");
        }
    }

    private static FailureReport sentOver(FailureReport report) {
        return ReportCodec.read(ReportCodec.write(report));
    }

    private static String message(Throwable thrown) {
        return sentOver(FailureReport.of(Kind.TASK, thrown)).chain().get(0).message();
    }

    /** The number in "… (5 characters more)". */
    private static int missing(String message) {
        String remark = message.substring(message.indexOf('…'));
        return Integer.parseInt(remark.replaceAll("\\D", ""));
    }

    private static List<String> frames(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .toList();
    }

    private static String print(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static Throwable overflow() {
        try {
            return new Exception("depth " + dive(0));
        } catch (StackOverflowError overflow) {
            return overflow;
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int dive(int depth) {
        return 1 + dive(depth + 1);
    }
}
