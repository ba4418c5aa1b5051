package dev.pipelinebox.internal.launch.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Reads the part of a JVM's error file that tells what crashed. */
final class CrashReport {

    static final int MOST_BYTES = 16 << 10;

    /** Behind the head, the command line and the stacks of the thread; from here on it is dumps and lists. */
    private static final String FIRST_DUMP = "\nRegisters:";

    private CrashReport() {}

    /** The report in this file; empty if there is no such file. The file is removed: reports of a long run add up. */
    static String take(Path file) {
        if (Files.notExists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return summary(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            LoggerFactory.getLogger(CrashReport.class).debug("A crash report cannot be read", unreadable);
            return "";
        } finally {
            LaunchDirectory.delete(file);
        }
    }

    static String summary(String report) {
        int dumps = report.indexOf(FIRST_DUMP);
        return (dumps < 0 ? report : report.substring(0, dumps)).strip();
    }
}
