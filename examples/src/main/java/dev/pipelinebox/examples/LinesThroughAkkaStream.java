package dev.pipelinebox.examples;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Framing;
import akka.stream.javadsl.FramingTruncation;
import akka.util.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The most frequent words of a file of any size. An Akka stream reads it line by line. Two processes count the words of
 * a hundred lines at a time. The stream reads the file no faster than they count.
 */
public final class LinesThroughAkkaStream {

    private static final int LONGEST_LINE = 1024 * 1024;
    private static final int LINES = 100;

    /** Akka's default names a module for Scala's classes. It is not here, and Akka would log an error. */
    private static final Config SETTINGS = ConfigFactory.parseString("akka.serialization.jackson.jackson-modules = []")
            .withFallback(ConfigFactory.load());

    private LinesThroughAkkaStream() {}

    /** Counts the words of some lines. */
    public static final class WordCounter implements Worker<List<String>, Map<String, Integer>> {

        private static final Pattern WORD = Pattern.compile("\\p{L}+");

        @Override
        public Map<String, Integer> runTask(List<String> lines) {
            Map<String, Integer> counts = new HashMap<>();
            lines.stream()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .flatMap(line -> WORD.matcher(line).results().map(MatchResult::group))
                    .forEach(word -> counts.merge(word, 1, Integer::sum));
            return counts;
        }
    }

    /**
     * Runs the example.
     *
     * @param args the file, if not README.md
     */
    public static void main(String[] args) {
        Path file = Path.of(args.length == 0 ? "README.md" : args[0]);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "lines", SETTINGS);
        try (Master<List<String>, Map<String, Integer>> master =
                Master.of(WordCounter.class).start()) {
            master.addWorker();
            master.addWorker();
            Map<String, Integer> counts =
                    count(file, master, system).toCompletableFuture().join();
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(10)
                    .forEach(entry -> System.out.println(entry.getValue() + " " + entry.getKey()));
            System.out.println(counts.size() + " different words");
        } finally {
            system.terminate();
        }
    }

    private static CompletionStage<Map<String, Integer>> count(
            Path file, Master<List<String>, Map<String, Integer>> master, ActorSystem<Void> system) {
        return FileIO.fromPath(file)
                .via(Framing.delimiter(ByteString.fromString("\n"), LONGEST_LINE, FramingTruncation.ALLOW))
                .map(ByteString::utf8String)
                .grouped(LINES)
                .via(master.flow())
                .map(TaskResult::value)
                .runFold(new HashMap<>(), LinesThroughAkkaStream::sum, system);
    }

    private static Map<String, Integer> sum(Map<String, Integer> sums, Map<String, Integer> more) {
        more.forEach((word, count) -> sums.merge(word, count, Integer::sum));
        return sums;
    }
}
