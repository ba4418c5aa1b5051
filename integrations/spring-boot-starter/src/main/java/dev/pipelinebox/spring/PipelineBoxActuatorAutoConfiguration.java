package dev.pipelinebox.spring;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Tells Actuator of the masters, if the application has it. */
@AutoConfiguration(after = PipelineBoxAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(MasterFactory.class)
final class PipelineBoxActuatorAutoConfiguration {

    @Bean
    @ConditionalOnEnabledHealthIndicator("pipelinebox")
    @ConditionalOnMissingBean(name = "pipelineboxHealthIndicator")
    HealthIndicator pipelineboxHealthIndicator(MasterFactory masterFactory) {
        return new MasterHealthIndicator(masterFactory);
    }

    @Bean
    @ConditionalOnEnabledInfoContributor("pipelinebox")
    @ConditionalOnMissingBean(name = "pipelineboxInfoContributor")
    InfoContributor pipelineboxInfoContributor(MasterFactory masterFactory) {
        return new MasterInfoContributor(masterFactory);
    }
}
