package dev.pipelinebox.examples.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class CheckService {

    public static void main(String[] args) {
        SpringApplication.run(CheckService.class, args);
    }
}
