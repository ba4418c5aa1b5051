package dev.pipelinebox.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResidentMemoryTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void isThatOfAWholeJvmOnLinux() {
        assertThat(ResidentMemory.bytes()).isBetween(16L << 20, 1L << 40);
    }

    @Test
    @DisabledOnOs(OS.LINUX)
    void isNotKnownElsewhere() {
        assertThat(ResidentMemory.bytes()).isZero();
    }
}
