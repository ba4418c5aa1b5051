package dev.pipelinebox.examples;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The longest methods of your Java sources. Eight threads ask, each for one source at a time. Two processes parse. */
public final class AskFromManyThreads {

    private AskFromManyThreads() {}

    /** A method of a source, and how many lines it has. */
    public record Method(String name, int lines, String file) {}

    /**
     * Parses Java sources with the compiler of the JDK. A task is the path of a source. Its result is the methods in
     * it.
     */
    public static final class Parser implements Worker<String, List<Method>> {

        private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

        @Override
        public List<Method> runTask(String file) throws IOException {
            DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
            List<Method> methods = new ArrayList<>();
            try (StandardJavaFileManager files =
                    compiler.getStandardFileManager(errors, null, StandardCharsets.UTF_8)) {
                JavacTask parsing =
                        (JavacTask) compiler.getTask(null, files, errors, null, null, files.getJavaFileObjects(file));
                SourcePositions positions = Trees.instance(parsing).getSourcePositions();
                for (CompilationUnitTree source : parsing.parse()) {
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitMethod(MethodTree method, Void unused) {
                            long first = source.getLineMap().getLineNumber(positions.getStartPosition(source, method));
                            long last = source.getLineMap().getLineNumber(positions.getEndPosition(source, method));
                            methods.add(new Method(method.getName().toString(), (int) (last - first + 1), file));
                            return super.visitMethod(method, null);
                        }
                    }.scan(source, null);
                }
            }
            if (!errors.getDiagnostics().isEmpty()) {
                throw new IllegalArgumentException(
                        errors.getDiagnostics().get(0).toString());
            }
            return methods;
        }
    }

    /**
     * Runs the example.
     *
     * @param args the folder with the sources, if not the current one
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args.length == 0 ? "." : args[0]);
        List<Method> methods = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Stream<Path> files = Files.walk(folder);
                Master<String, List<Method>> master = Master.of(Parser.class).start()) {
            master.addWorker();
            master.addWorker();
            List<Callable<List<Method>>> parsers = files.filter(
                            file -> file.toString().endsWith(".java"))
                    .<Callable<List<Method>>>map(file -> () -> ask(master, file.toString()))
                    .toList();
            for (Future<List<Method>> result : threads.invokeAll(parsers)) {
                methods.addAll(result.get());
            }
        } finally {
            threads.shutdown();
        }
        methods.sort(Comparator.comparingInt(Method::lines).reversed());
        methods.stream()
                .limit(5)
                .forEach(method -> System.out.println(method.lines() + " " + method.name() + " " + method.file()));
        System.out.println(methods.size() + " methods");
    }

    private static List<Method> ask(Master<String, List<Method>> master, String file) {
        try {
            return master.ask(file).toCompletableFuture().join();
        } catch (CompletionException failed) {
            System.err.println(failed.getCause());
            return List.of();
        }
    }
}
