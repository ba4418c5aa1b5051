package dev.pipelinebox.spring;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Provides the {@link MasterFactory}, unless the application has one. */
@AutoConfiguration
@ConditionalOnMissingBean(MasterFactory.class)
@EnableConfigurationProperties(PipelineBoxProperties.class)
final class PipelineBoxAutoConfiguration {

    @Bean
    MasterFactory masterFactory(
            PipelineBoxProperties properties,
            Environment environment,
            ObjectProvider<MasterBuilderCustomizer> customizers) {
        return new MasterFactory(
                properties,
                new ParametersBinder(Binder.get(environment)),
                customizers.orderedStream().toList());
    }

    @Bean
    MasterLifecycle masterLifecycle(MasterFactory masterFactory) {
        return new MasterLifecycle(masterFactory);
    }
}
