package dev.pipelinebox.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskPolicyTest {

    private static final Optional<Duration> CONFIGURED = Optional.of(Duration.ofSeconds(1));
    private static final Retry RETRY = Retry.on(IOException.class);
    private static final TaskPolicy POLICY = new TaskPolicy(CONFIGURED, CONFIGURED, CONFIGURED, CONFIGURED, 3, RETRY);
    private static final TaskOptions NOTHING = TaskOptions.defaults();
    private static final Duration OTHER = Duration.ofSeconds(2);

    @Test
    void isAsConfiguredIfTheOptionsSayNothing() {
        assertThat(with(NOTHING)).isEqualTo(POLICY);
    }

    @Test
    void takesEachOptionAndLeavesTheRest() {
        Optional<Duration> other = Optional.of(OTHER);
        Retry otherRetry = Retry.on(IllegalStateException.class);

        assertThat(with(NOTHING.withQueueTimeout(OTHER)))
                .isEqualTo(new TaskPolicy(other, CONFIGURED, CONFIGURED, CONFIGURED, 3, RETRY));
        assertThat(with(NOTHING.withSoftTimeout(OTHER)))
                .isEqualTo(new TaskPolicy(CONFIGURED, other, CONFIGURED, CONFIGURED, 3, RETRY));
        assertThat(with(NOTHING.withHardTimeout(OTHER)))
                .isEqualTo(new TaskPolicy(CONFIGURED, CONFIGURED, other, CONFIGURED, 3, RETRY));
        assertThat(with(NOTHING.withStallTimeout(OTHER)))
                .isEqualTo(new TaskPolicy(CONFIGURED, CONFIGURED, CONFIGURED, other, 3, RETRY));
        assertThat(with(NOTHING.withMaxAttempts(7)))
                .isEqualTo(new TaskPolicy(CONFIGURED, CONFIGURED, CONFIGURED, CONFIGURED, 7, RETRY));
        assertThat(with(NOTHING.withRetry(otherRetry)))
                .isEqualTo(new TaskPolicy(CONFIGURED, CONFIGURED, CONFIGURED, CONFIGURED, 3, otherRetry));
    }

    @Test
    void takesHowATaskStandsAndKeepsItWhateverElseChanges() {
        TaskPolicy policy =
                with(NOTHING.withPriority(2).withKey("k").withName("n")).withoutLimits();

        assertThat(policy.standing())
                .isEqualTo(new TaskRank(2, new AffinityKey.OfUser(KeyCodec.write("k")), Optional.of("n")));
        assertThat(policy.onlyOn(3).standing())
                .isEqualTo(new TaskRank(2, new AffinityKey.ForWorker(3), Optional.of("n")));
        assertThat(POLICY.standing()).isEqualTo(TaskRank.ORDINARY);
    }

    @Test
    void maySayThatAnyWorkerRunsWhatWasForOneAlone() {
        TaskPolicy keyed = with(NOTHING.withPriority(2).withKey("k").withName("n"));

        assertThat(keyed.onlyOn(3).onAny().standing()).isEqualTo(new TaskRank(2, null, Optional.of("n")));
        assertThat(keyed.onAny()).isSameAs(keyed);
    }

    @Test
    void mayRetryIfThereIsSomethingToRetryForAndMoreThanOneAttempt() {
        assertThat(POLICY.mayBeRetried()).isTrue();
        assertThat(with(NOTHING.withRetry(RETRY.withMaxAttempts(1))).mayBeRetried())
                .isFalse();
        assertThat(Policies.attempts(3).mayBeRetried()).isFalse();
    }

    @Test
    void limitsWhatIsNotLimitedByConfiguration() {
        assertThat(Policies.attempts(3)
                        .with(NOTHING.withHardTimeout(OTHER), KeyCodec::write)
                        .hard())
                .contains(OTHER);
    }

    @Test
    void allowsARetryIfOneOfTheClassesIsNamed() {
        List<String> classes = List.of("java.io.FileNotFoundException", "java.io.IOException", "java.lang.Exception");

        assertThat(POLICY.allowsRetry(1, () -> classes)).isTrue();
        assertThat(POLICY.allowsRetry(1, () -> List.of("java.lang.Exception"))).isFalse();
        assertThat(POLICY.allowsRetry(1, List::of)).isFalse();
    }

    @Test
    void allowsNoRetryOnceTheAttemptsAreUsedUp() {
        assertThat(POLICY.allowsRetry(2, () -> List.of("java.io.IOException"))).isTrue();
        assertThat(POLICY.allowsRetry(3, () -> List.of("java.io.IOException"))).isFalse();
    }

    @Test
    void readsTheClassesOnlyIfTheyMatter() {
        assertThat(Policies.attempts(3).allowsRetry(1, TaskPolicyTest::mustNotBeRead))
                .isFalse();
        assertThat(POLICY.allowsRetry(3, TaskPolicyTest::mustNotBeRead)).isFalse();
    }

    private static List<String> mustNotBeRead() {
        throw new AssertionError("a report is read in vain");
    }

    private static TaskPolicy with(TaskOptions options) {
        return POLICY.with(options, KeyCodec::write);
    }
}
