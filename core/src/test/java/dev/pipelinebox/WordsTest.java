package dev.pipelinebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One word for one thing: the words that the glossary of {@code docs/architecture.md} replaces do not occur, neither in the
 * code nor in the documents.
 */
class WordsTest {

    private static final Path ROOT = Path.of("..");

    private static final List<Path> PLACES = Stream.of(
                    "core/src/main",
                    "examples/src/main",
                    "benchmarks/src/main",
                    "compatibility/src/main",
                    "containers/src/main",
                    "examples/spring-boot-service/src/main",
                    "host/src/main",
                    "integrations/spring-boot-starter/src/main",
                    "docs",
                    "README.md",
                    "CONTRIBUTING.md",
                    "CHANGELOG.md",
                    "application.conf")
            .map(ROOT::resolve)
            .toList();

    /** Words that the glossary replaces; a space stands for any white space. */
    private static final List<String> WORDS = List.of(
            "under way",
            "in hand",
            "in its hands?",
            "in hands",
            "questions?(?! mark)",
            "whoever",
            "somebody",
            "nobody",
            "good for nothing",
            "worn out",
            "guilty",
            "innocent",
            "convict(s|ed)?",
            "punish(es|ed)?",
            "blam(e|es|ed)",
            "verdicts?",
            "executioner",
            "foreman",
            "headcount",
            "workforce",
            "desk",
            "employ(s|ed)?",
            "forsake",
            "roster",
            "registrar",
            "porter",
            "intake",
            "prelude",
            "forsaken?",
            "(?<!-)lanes?",
            "successors?",
            "outbox",
            "task desk",
            "hand(s|ed)? (out|over|in)",
            "handing (out|over|in)");

    /** Names of classes that have new ones, where the old name is no ordinary English. */
    private static final List<String> CLASSES = List.of(
            "AkkaLog",
            "AkkaSettings",
            "AnswerWatch",
            "ArchiveFiles",
            "AskAll",
            "AskLimit",
            "AskSettings",
            "AwakeClock",
            "BatchFormat",
            "BriefWait",
            "CheckedConfig",
            "CompleteLoader",
            "ConfigTree",
            "Countdowns",
            "CtrlC",
            "DemandMeter",
            "EntryCommand",
            "EntryQueue",
            "FailedTask",
            "FairShare",
            "FaultSettings",
            "FromMaster",
            "FromWorker",
            "HeldProcess",
            "HostCluster",
            "InProcessWorkers",
            "LaneKey",
            "MonitorActor",
            "MonitorHub",
            "NotNeeded",
            "OneThread",
            "OutcomeReader",
            "OutputMark",
            "OwnProcess",
            "OwnedFolder",
            "PipelineIntake",
            "PoolIntake",
            "PoolMember",
            "PriorityLine",
            "PrivateDirectory",
            "ProcessFamily",
            "ReliableLink",
            "SecondCtrlC",
            "SharedPiece",
            "SilentIntake",
            "SilentPool",
            "StandardInput",
            "StartFailure",
            "TaskDesk",
            "TaskEntry",
            "TaskErrors",
            "TaskQueue",
            "TaskReply",
            "TaskRing",
            "TaskSink",
            "TaskTable",
            "WaitingLine",
            "WearMeter",
            "WorkerCluster",
            "WorkerEntry",
            "WorkerLauncher",
            "WorkerSystem",
            "WorkerType");

    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?i:\\b(" + String.join("|", WORDS) + ")\\b)|\\b(" + String.join("|", CLASSES) + ")\\b|(?i:underWay)");

    /** A comment may break a line between two words. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\n\\s*(\\*(?!/)|//|#)?\\s*");

    private static final int CONTEXT = 30;

    @Test
    void theWordsOfTheGlossaryAreUsedAndNotThoseThatTheyReplace() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path place : PLACES) {
            try (Stream<Path> files = Files.walk(place)) {
                files.filter(WordsTest::isText).flatMap(WordsTest::offenders).forEach(found::add);
            }
        }

        assertThat(found).isEmpty();
    }

    private static boolean isText(Path file) {
        return Files.isRegularFile(file) && file.toString().matches(".*\\.(java|conf|md|xml)");
    }

    private static Stream<String> offenders(Path file) {
        String text = LINE_BREAK.matcher(read(file)).replaceAll(" ");
        return FORBIDDEN
                .matcher(text)
                .results()
                .map(found -> ROOT.relativize(file) + ": "
                        + text.substring(
                                Math.max(0, found.start() - CONTEXT), Math.min(text.length(), found.end() + CONTEXT)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
