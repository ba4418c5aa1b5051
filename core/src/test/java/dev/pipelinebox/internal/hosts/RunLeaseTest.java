package dev.pipelinebox.internal.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunLeaseTest {

    private final RunLease lease = new RunLease(Duration.ofNanos(10));

    @Test
    void thereIsNoneBeforeTheFirstAnswer() {
        lease.request(0);

        assertThat(lease.isValid(5)).isFalse();
        assertThat(lease.hasExpired(50)).isFalse();
        assertThat(lease.lastAnswered()).isZero();
    }

    @Test
    void lastsFromTheSendingOfTheLastRequestThatWasAnswered() {
        lease.request(0);
        long second = lease.request(3);
        lease.request(6);
        lease.onAnswer(second);

        assertThat(lease.lastAnswered()).isEqualTo(second);
        assertThat(lease.age(8)).isEqualTo(5);
        assertThat(lease.isValid(12)).isTrue();
        assertThat(lease.isValid(13)).isFalse();
    }

    @Test
    void anAnswerThatComesTooLateOrTwiceDoesNotRenewIt() {
        long first = lease.request(0);
        long second = lease.request(5);
        lease.onAnswer(second);
        lease.onAnswer(first);
        lease.onAnswer(second);
        assertThat(lease.isValid(14)).isTrue();

        long third = lease.request(14);
        lease.request(24);
        lease.onAnswer(third);
        assertThat(lease.isValid(15)).isFalse();
    }

    @Test
    void staysExpired() {
        lease.onAnswer(lease.request(0));
        assertThat(lease.hasExpired(10)).isTrue();

        lease.onAnswer(lease.request(11));

        assertThat(lease.isValid(12)).isFalse();
        assertThat(lease.hasExpired(12)).isTrue();
    }

    @Test
    void thatOfAWorkerIsAsOldAsThatOfItsHost() {
        lease.onAnswer(lease.request(5), 4);

        assertThat(lease.isValid(10)).isTrue();
        assertThat(lease.isValid(11)).isFalse();
    }

    @Test
    void theTimesMustBeInOrder() {
        assertThat(LeaseTimes.of(Duration.ofSeconds(15)))
                .isEqualTo(new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(12), Duration.ofSeconds(15)));
        assertThatThrownBy(() -> new LeaseTimes(Duration.ofSeconds(12), Duration.ofSeconds(12), Duration.ofSeconds(15)))
                .hasMessageContaining("must be over zero and under worker-lease");
        assertThatThrownBy(() -> new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(15)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The JVM's clock stands still while a machine is suspended, and the calendar's is set back now and then. */
    @Test
    void timePassesByTheClockThatWentFurther() {
        FurthestClock clock = new FurthestClock(100, 5000);

        assertThat(clock.now(101, 5001)).isEqualTo(1);
        assertThat(clock.now(102, 5061)).as("suspended for 60").isEqualTo(61);
        assertThat(clock.now(112, 2000)).as("set back").isEqualTo(71);
        assertThat(clock.now(113, 2030)).as("suspended after that").isEqualTo(101);
    }
}
