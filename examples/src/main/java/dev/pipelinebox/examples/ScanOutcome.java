package dev.pipelinebox.examples;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.examples.scan.ApiUse;
import dev.pipelinebox.examples.scan.JarReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Collects the results of a scan in any order and returns them in the order of the jars. */
final class ScanOutcome {

    private final List<String> jars;
    private final Map<Long, JarReport> reports = new TreeMap<>();
    private final Map<Long, PipelineBoxException> errors = new TreeMap<>();

    /**
     * Starts with no result.
     *
     * @param jars the jars in the order of their tasks; the first task has the id 1
     */
    ScanOutcome(List<String> jars) {
        this.jars = jars;
    }

    void add(TaskResult<JarReport> result) {
        if (result instanceof TaskResult.Success<JarReport> success) {
            reports.put(success.taskId(), success.value());
        } else if (result instanceof TaskResult.Failure<JarReport> failure) {
            errors.put(failure.taskId(), failure.error());
        }
    }

    List<String> table() {
        return ScanTable.of(reports.values());
    }

    /** Returns a line for each jar, and each class file in a jar, that could not be read. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JarReport report : reports.values()) {
            report.unreadable().forEach(file -> complaints.add("cannot read all of " + report.jar() + ": " + file));
        }
        errors.forEach((task, error) -> complaints.add(reason(jars.get(task.intValue() - 1), error)));
        return complaints;
    }

    /** The scanner's message names the jar; the message about a lost worker does not. */
    private static String reason(String jar, PipelineBoxException error) {
        String message = error instanceof TaskFailedException failed ? failed.remoteMessage() : null;
        return message != null && message.contains(jar) ? message : "cannot scan " + jar + ": " + error.getMessage();
    }

    List<String> summary(Duration time) {
        List<ApiUse> uses = reports.values().stream()
                .flatMap(report -> report.uses().stream())
                .toList();
        int classes = reports.values().stream().mapToInt(JarReport::classes).sum();
        long apis = uses.stream().map(ApiUse::api).distinct().count();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d of %d jars with %d classes scanned in %.1f s; %d uses of %d APIs that are deprecated for removal.",
                reports.size(),
                jars.size(),
                classes,
                time.toMillis() / 1_000.0,
                uses.size(),
                apis));
        Map<Long, Long> jarsByWorker = reports.values().stream()
                .collect(Collectors.groupingBy(JarReport::worker, TreeMap::new, Collectors.counting()));
        jarsByWorker.forEach(
                (worker, count) -> lines.add("Worker process " + worker + " scanned " + count + " of them."));
        return lines;
    }
}
