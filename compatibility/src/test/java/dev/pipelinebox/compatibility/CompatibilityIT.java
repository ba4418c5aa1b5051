package dev.pipelinebox.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exercise with each version that the page names, in processes of its own. */
class CompatibilityIT {

    private static final String OWN_AKKA = "2.8.5";

    /** A version of Jackson beside one of SLF4J and its backend, and one of Akka, so that each run tries several. */
    record Mixture(String jackson, String logging, String backend, String akka) {

        List<String> variants() {
            List<String> variants = new ArrayList<>(List.of("jackson-" + jackson, logging));
            if (!akka.equals(OWN_AKKA)) {
                variants.add("akka-" + akka);
            }
            return variants;
        }

        String versions() {
            return ", jackson " + jackson + ", akka " + akka + ", slf4j to " + backend;
        }
    }

    static Stream<Mixture> mixtures() {
        String logback = "ch.qos.logback.classic.LoggerContext";
        return Stream.of(
                new Mixture("2.15.4", "logback-1.2.13", logback, OWN_AKKA),
                new Mixture("2.17.3", "log4j-2.26.1", "org.apache.logging.slf4j.Log4jLoggerFactory", OWN_AKKA),
                new Mixture("2.18.9", "slf4j-simple-2.0.20", "org.slf4j.simple.SimpleLoggerFactory", OWN_AKKA),
                new Mixture("2.19.4", "slf4j-api-2.0.20", "org.slf4j.helpers.NOPLoggerFactory", "2.8.4"),
                new Mixture("2.23.0", "logback-1.6.6", logback, OWN_AKKA));
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void theWholeExerciseWorks(Mixture mixture) throws Exception {
        Trial trial = Trial.exercise(Trial.JAVA_HOME, mixture.variants());

        trial.checkPassed();
        String java = "java " + Runtime.version().feature();
        assertThat(trial.output())
                .contains("passed: caller with " + java + mixture.versions())
                .contains("passed: worker with " + java + mixture.versions());
        assertThat(trial.output().contains("[worker 0] ") && trial.output().contains("clerk logs to"))
                .as("the worker's log gets to its backend: %s", trial.output())
                .isEqualTo(!mixture.backend().contains("NOP"));
    }

    /** Workers may have another Java than the caller, in both directions. */
    @ParameterizedTest
    @ValueSource(ints = {17, 21, 25})
    void callersAndWorkersMayRunOnDifferentJdks(int feature) throws Exception {
        assumeTrue(feature != Runtime.version().feature(), "JDK " + feature + " is what all tests run on");
        Optional<Path> found = Jdks.find(feature);
        assumeTrue(found.isPresent(), "JDK " + feature + " is not on this machine");
        Path other = found.orElseThrow();

        CompletableFuture<Trial> otherWorker =
                CompletableFuture.supplyAsync(() -> Trial.ofJdks(Trial.JAVA_HOME, other));
        Trial otherCaller = Trial.ofJdks(other, Trial.JAVA_HOME);

        otherCaller.checkPassed();
        otherWorker.join().checkPassed();
        assertThat(otherCaller.output()).contains("passed: caller with java " + feature + ",");
        assertThat(otherWorker.join().output()).contains("passed: worker with java " + feature + ",");
    }
}
