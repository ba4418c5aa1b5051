package dev.pipelinebox.examples;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.Worker;
import java.io.File;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/**
 * Questions in XPath about XML files. A worker keeps the documents that it has parsed. The key of a question is its
 * file: so all questions about one file go to one worker, and no file is parsed twice.
 */
public final class KeyedCache {

    private KeyedCache() {}

    /** A question about a file. */
    public record Question(String file, String xpath) {}

    /** What was found, and how many documents the worker has parsed up to then. */
    public record Answer(String text, long worker, int parsed) {}

    /** Answers from memory where it can. */
    public static final class Librarian implements Worker<Question, Answer> {

        private static final int MOST_DOCUMENTS = 100;

        private final XPath xpath = XPathFactory.newInstance().newXPath();
        private int parsed;
        private final Map<String, Document> documents = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Document> leastUsed) {
                return size() > MOST_DOCUMENTS;
            }
        };

        @Override
        public Answer runTask(Question question) throws Exception {
            Document document = documents.get(question.file());
            if (document == null) {
                document = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new File(question.file()));
                documents.put(question.file(), document);
                parsed++;
            }
            String text = xpath.evaluate(question.xpath(), document);
            return new Answer(text, ProcessHandle.current().pid(), parsed);
        }
    }

    /**
     * Runs the example.
     *
     * @param args XML files, whose names end with .xml, and questions in XPath, each of which is asked of each file
     */
    public static void main(String[] args) {
        List<String> files =
                List.of(args).stream().filter(arg -> arg.endsWith(".xml")).toList();
        List<String> questions =
                List.of(args).stream().filter(arg -> !arg.endsWith(".xml")).toList();
        Map<Question, CompletionStage<Answer>> answers = new LinkedHashMap<>();
        Map<Long, Integer> parsed = new HashMap<>();
        try (Master<Question, Answer> master = Master.of(Librarian.class).start()) {
            master.addWorker();
            master.addWorker();
            for (String xpath : questions) {
                for (String file : files) {
                    Question question = new Question(file, xpath);
                    answers.put(
                            question,
                            master.ask(question, TaskOptions.defaults().withKey(file)));
                }
            }
            answers.forEach((question, stage) -> {
                Answer answer = stage.toCompletableFuture().join();
                System.out.println(question.file() + " " + question.xpath() + " " + answer.text());
                parsed.merge(answer.worker(), answer.parsed(), Math::max);
            });
        }
        int sum = parsed.values().stream().mapToInt(count -> count).sum();
        System.out.println(answers.size() + " questions about " + files.size() + " files, parsed " + sum + " times");
    }
}
