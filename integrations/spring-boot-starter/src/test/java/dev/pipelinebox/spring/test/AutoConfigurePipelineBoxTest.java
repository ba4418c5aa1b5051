package dev.pipelinebox.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.Master;
import dev.pipelinebox.spring.MasterFactory;
import dev.pipelinebox.spring.Workers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;

/** In a slice that has nothing of it by itself. */
@JsonTest
@AutoConfigurePipelineBox
@ContextConfiguration(classes = AutoConfigurePipelineBoxTest.OneMaster.class)
class AutoConfigurePipelineBoxTest {

    @Configuration
    static class OneMaster {

        @Bean
        Master<String, Long> one(MasterFactory masters) {
            return masters.start("one", Workers.Pid.class);
        }
    }

    @Autowired
    private Master<String, Long> master;

    @Test
    void workersRunInTheProcessOfTheTest() {
        assertThat(master.ask("").toCompletableFuture().join())
                .isEqualTo(ProcessHandle.current().pid());
    }
}
