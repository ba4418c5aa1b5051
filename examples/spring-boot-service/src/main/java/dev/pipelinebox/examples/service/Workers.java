package dev.pipelinebox.examples.service;

import dev.pipelinebox.Master;
import dev.pipelinebox.spring.MasterFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The masters of the application. */
@Configuration
public class Workers {

    @Bean
    Master<Source, Report> checker(MasterFactory masters) {
        return masters.start("checker", CheckWorker.class);
    }
}
