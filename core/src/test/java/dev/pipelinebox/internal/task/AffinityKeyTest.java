package dev.pipelinebox.internal.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AffinityKeyTest {

    /** A key as no one should write it. */
    private static final class Incomparable {
        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("never compared");
        }
    }

    /** As this one, which is only ever compared with its like. */
    private static final class Careless {
        private final int hash;

        Careless(int hash) {
            this.hash = hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return hash == ((Careless) other).hash;
        }
    }

    @Test
    void equalKeysAreEqual() {
        assertThat(new AffinityKey.OfUser("a"))
                .isEqualTo(new AffinityKey.OfUser("a"))
                .hasSameHashCodeAs(new AffinityKey.OfUser("a"))
                .isNotEqualTo(new AffinityKey.OfUser("b"))
                .isNotEqualTo(new AffinityKey.ForWorker(1));
        assertThat(new AffinityKey.OfUser(new Careless(1))).isEqualTo(new AffinityKey.OfUser(new Careless(1)));
    }

    @Test
    void aKeyWhoseEqualsThrowsIsEqualToItselfAlone() {
        Incomparable key = new Incomparable();

        assertThat(new AffinityKey.OfUser(key)).isEqualTo(new AffinityKey.OfUser(key));
        assertThat(new AffinityKey.OfUser(key)).isNotEqualTo(new AffinityKey.OfUser(new Incomparable()));
        assertThat(new AffinityKey.OfUser(new Careless(1))).isNotEqualTo(new AffinityKey.OfUser(key));
    }
}
