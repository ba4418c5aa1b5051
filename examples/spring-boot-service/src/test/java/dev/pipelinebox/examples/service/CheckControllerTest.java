package dev.pipelinebox.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.spring.test.AutoConfigurePipelineBox;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(CheckController.class)
@Import(Workers.class)
@AutoConfigurePipelineBox
class CheckControllerTest {

    @Autowired
    private MockMvcTester http;

    @Test
    void anErrorIsFound() {
        assertThat(http.post()
                        .uri("/check?name=A.java")
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("class A { int x = y; }"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.findings[0].line")
                .isEqualTo(1);
    }
}
