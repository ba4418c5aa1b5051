package dev.pipelinebox.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneKeyTest {

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
        assertThat(new LaneKey.OfUser("a"))
                .isEqualTo(new LaneKey.OfUser("a"))
                .hasSameHashCodeAs(new LaneKey.OfUser("a"))
                .isNotEqualTo(new LaneKey.OfUser("b"))
                .isNotEqualTo(new LaneKey.ForWorker(1));
        assertThat(new LaneKey.OfUser(new Careless(1))).isEqualTo(new LaneKey.OfUser(new Careless(1)));
    }

    @Test
    void aKeyWhoseEqualsThrowsIsEqualToItselfAlone() {
        Incomparable key = new Incomparable();

        assertThat(new LaneKey.OfUser(key)).isEqualTo(new LaneKey.OfUser(key));
        assertThat(new LaneKey.OfUser(key)).isNotEqualTo(new LaneKey.OfUser(new Incomparable()));
        assertThat(new LaneKey.OfUser(new Careless(1))).isNotEqualTo(new LaneKey.OfUser(key));
    }
}
