package dev.pipelinebox.examples.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalIndexTest {

    private static RemovalIndex index;

    @BeforeAll
    static void readDeprecations() {
        index = RemovalIndex.of(new JdkClasses());
    }

    @Test
    void knowsTypesAndMethodsWithTheReleaseThatDeprecatedThem() {
        assertThat(index.since("java/lang/SecurityManager")).isEqualTo("17");
        assertThat(index.since("java/security/Policy$Parameters")).isEqualTo("17");
        assertThat(index.since("java/lang/Thread.checkAccess()V")).isEqualTo("17");
        assertThat(index.since("javax/management/relation/RoleStatus.<init>()V"))
                .isEqualTo("16");
    }

    @Test
    void leavesOutWhatIsDeprecatedOnly() {
        assertThat(index.since("java/util/Date.getYear()I")).isNull();
        assertThat(index.since("java/lang/Thread")).isNull();
    }

    @Test
    void tellsWhetherAnyTypeHasSuchAMember() {
        assertThat(index.hasMember("checkAccess()V")).isTrue();
        assertThat(index.hasMember("getYear()I")).isFalse();
    }

    @Test
    void isTheListOfJdeprscan(@TempDir Path folder) throws Exception {
        assertThat(index.apis()).containsExactlyInAnyOrderElementsOf(new Jdeprscan(folder).apis());
    }
}
