package dev.pipelinebox.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.internal.codec.KeyCodec;
import org.junit.jupiter.api.Test;

class AffinityKeyTest {

    private static final TaskOptions OPTIONS = TaskOptions.defaults();

    /** A key whose comparison would stop the thread that compares it. */
    public record Incomparable(int number) {
        @Override
        public int hashCode() {
            throw new IllegalStateException("never hashed");
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("never compared");
        }
    }

    @Test
    void equalKeysAreEqual() {
        assertThat(new AffinityKey.OfUser(KeyCodec.write("a")))
                .isEqualTo(new AffinityKey.OfUser(KeyCodec.write("a")))
                .hasSameHashCodeAs(new AffinityKey.OfUser(KeyCodec.write("a")))
                .isNotEqualTo(new AffinityKey.OfUser(KeyCodec.write("b")))
                .isNotEqualTo(new AffinityKey.ForWorker(1));
    }

    @Test
    void theUsersEqualsAndHashCodeAreNeverCalled() {
        assertThat(key(1)).isEqualTo(key(1)).hasSameHashCodeAs(key(1)).isNotEqualTo(key(2));
    }

    private static AffinityKey key(int number) {
        return Policies.attempts(1)
                .with(OPTIONS.withKey(new Incomparable(number)), KeyCodec::write)
                .standing()
                .key();
    }
}
