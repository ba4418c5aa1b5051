package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.examples.scan.ApiUse;
import dev.pipelinebox.examples.scan.JarReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanOutcomeTest {

    private final ScanOutcome outcome = new ScanOutcome(List.of("a/one.jar", "b/one.jar", "c/two.jar"));

    @Test
    void tellsInTheOrderOfTheJarsHoweverTheResultsCame() {
        outcome.add(success(3, "c/two.jar", 71));
        outcome.add(success(2, "b/one.jar", 70));
        outcome.add(success(1, "a/one.jar", 71));

        assertThat(outcome.table())
                .map(line -> line.substring(0, 9))
                .containsExactly("JAR      ", "a/one.jar", "b/one.jar", "two.jar  ");
        assertThat(outcome.summary(Duration.ofMillis(1_500)))
                .containsExactly(
                        "3 of 3 jars with 6 classes scanned in 1.5 s;"
                                + " 3 uses of 1 APIs that are deprecated for removal.",
                        "Worker process 70 scanned 1 of them.",
                        "Worker process 71 scanned 2 of them.");
        assertThat(outcome.complaints()).isEmpty();
    }

    @Test
    void namesTheJarOfAnErrorThatDoesNot() {
        outcome.add(new TaskResult.Failure<>(2, new PipelineBoxException("the worker was killed") {}));

        assertThat(outcome.complaints()).containsExactly("cannot scan b/one.jar: the worker was killed");
        assertThat(outcome.table()).isEmpty();
    }

    @Test
    void namesTheJarOfAClassFileThatCouldNotBeRead() {
        outcome.add(new TaskResult.Success<>(
                1, new JarReport("a/one.jar", 0, List.of(), List.of("C.class is damaged"), 70)));

        assertThat(outcome.complaints()).containsExactly("cannot read all of a/one.jar: C.class is damaged");
    }

    private static TaskResult<JarReport> success(long task, String jar, long worker) {
        ApiUse use = new ApiUse("Main", ApiUse.Kind.CLASS, "java/lang/SecurityManager", "17");
        return new TaskResult.Success<>(task, new JarReport(jar, 2, List.of(use), List.of(), worker));
    }
}
