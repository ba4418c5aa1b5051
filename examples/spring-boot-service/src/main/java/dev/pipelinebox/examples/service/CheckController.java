package dev.pipelinebox.examples.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.QueueFullException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.TaskTimeoutException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Checks sources over HTTP. */
@RestController
public class CheckController {

    private final Master<Source, Report> checker;
    private final ObjectMapper json;

    CheckController(Master<Source, Report> checker, ObjectMapper json) {
        this.checker = checker;
        this.json = json;
    }

    /** One source. No thread waits for the answer. */
    @PostMapping("/check")
    CompletionStage<Report> check(@RequestParam(defaultValue = "Source.java") String name, @RequestBody String text) {
        return checker.ask(new Source(name, text));
    }

    /** Many sources; each report is a line of the response as soon as it is there. */
    @PostMapping(path = "/check-all", produces = "application/x-ndjson")
    StreamingResponseBody checkAll(@RequestBody List<Source> sources) {
        return out -> {
            try (Results<Report> results = checker.runAll(sources)) {
                for (TaskResult<Report> result : results) {
                    writeLine(result, out);
                }
            }
        };
    }

    private void writeLine(TaskResult<Report> result, OutputStream out) throws IOException {
        Object line = result instanceof TaskResult.Failure<Report> failure
                ? Map.of("error", failure.error().getMessage())
                : result.value();
        out.write(json.writeValueAsBytes(line));
        out.write('\n');
        out.flush();
    }

    @ExceptionHandler
    ProblemDetail tooMany(QueueFullException refused) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, refused.getMessage());
    }

    @ExceptionHandler
    ProblemDetail tooLong(TaskTimeoutException late) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.GATEWAY_TIMEOUT, late.getMessage());
    }
}
