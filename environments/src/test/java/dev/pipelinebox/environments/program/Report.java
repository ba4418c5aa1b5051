package dev.pipelinebox.environments.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the program prints.
 *
 * @param caller the facts of its own process
 * @param worker those of its worker's
 */
public record Report(ProcessFacts caller, ProcessFacts worker) {

    /** A resource that callers and workers may find in several places. */
    public static final String RESOURCE = "origin.txt";

    private static final String MARK = "REPORT ";

    /**
     * From what the program has printed.
     *
     * @param output all of it
     * @return the report
     * @throws JsonProcessingException if it is broken
     */
    public static Report parse(String output) throws JsonProcessingException {
        String line = output.lines()
                .filter(text -> text.startsWith(MARK))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no report in: " + output));
        return new ObjectMapper().readValue(line.substring(MARK.length()), Report.class);
    }

    /** One line of text. */
    String line() {
        try {
            return MARK + new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
