package dev.pipelinebox.internal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;

/** Turns reports of failures into bytes and back. A process without failures never loads it. */
public final class ReportCodec {

    private static final ObjectWriter WRITER = JacksonSetup.VALUES.writerFor(FailureReport.class);
    private static final ObjectReader READER = JacksonSetup.VALUES.readerFor(FailureReport.class);

    private ReportCodec() {}

    /**
     * Writes a report.
     *
     * @param report the report
     * @return its bytes
     */
    public static byte[] write(FailureReport report) {
        try {
            return WRITER.writeValueAsBytes(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a report.
     *
     * @param bytes what {@link #write} made
     * @return the report
     */
    public static FailureReport read(byte[] bytes) {
        try {
            return READER.readValue(bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
