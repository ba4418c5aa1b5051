package dev.pipelinebox.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSpecTest {

    private final ClusterSpec cluster = new ClusterSpec("shop", "pipelinebox-x7", Map.of(), null);

    @Test
    void knowsItsProcessesByTheirRoles() {
        assertThat(cluster.processOf(List.of("dc-default", ClusterSpec.WORKER_ROLE, cluster.role(12))))
                .hasValue(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "pipelinebox-worker",
                "pipelinebox-x7",
                "pipelinebox-x7-",
                "pipelinebox-x7-seven",
                "pipelinebox-x7-12345678901234567890",
                "pipelinebox-x77-12",
                "pipelinebox-12"
            })
    void takesNoOtherMemberForOneOfThem(String role) {
        assertThat(cluster.processOf(List.of(role))).isEmpty();
    }
}
