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
 * XPath queries on XML files. A worker keeps the documents that it has parsed. The affinity key of a query is its file:
 * so all queries on one file go to one worker, and no file is parsed twice.
 */
public final class KeyedCache {

    private KeyedCache() {}

    /** A query on a file. */
    public record Query(String file, String xpath) {}

    /** The found text, and how many documents the worker has parsed so far. */
    public record QueryResult(String text, long worker, int parsed) {}

    /** Takes the document from memory if it is there. */
    public static final class QueryWorker implements Worker<Query, QueryResult> {

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
        public QueryResult runTask(Query query) throws Exception {
            Document document = documents.get(query.file());
            if (document == null) {
                document = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new File(query.file()));
                documents.put(query.file(), document);
                parsed++;
            }
            String text = xpath.evaluate(query.xpath(), document);
            return new QueryResult(text, ProcessHandle.current().pid(), parsed);
        }
    }

    /**
     * Runs the example.
     *
     * @param args XML files, whose names end with .xml, and XPath queries, each of which runs on each file
     */
    public static void main(String[] args) {
        List<String> files =
                List.of(args).stream().filter(arg -> arg.endsWith(".xml")).toList();
        List<String> queries =
                List.of(args).stream().filter(arg -> !arg.endsWith(".xml")).toList();
        Map<Query, CompletionStage<QueryResult>> results = new LinkedHashMap<>();
        Map<Long, Integer> parsed = new HashMap<>();
        try (Master<Query, QueryResult> master = Master.of(QueryWorker.class).start()) {
            master.addWorker();
            master.addWorker();
            for (String xpath : queries) {
                for (String file : files) {
                    Query query = new Query(file, xpath);
                    results.put(query, master.ask(query, TaskOptions.defaults().withKey(file)));
                }
            }
            results.forEach((query, stage) -> {
                QueryResult result = stage.toCompletableFuture().join();
                System.out.println(query.file() + " " + query.xpath() + " " + result.text());
                parsed.merge(result.worker(), result.parsed(), Math::max);
            });
        }
        int sum = parsed.values().stream().mapToInt(count -> count).sum();
        System.out.println(results.size() + " queries on " + files.size() + " files, parsed " + sum + " times");
    }
}
