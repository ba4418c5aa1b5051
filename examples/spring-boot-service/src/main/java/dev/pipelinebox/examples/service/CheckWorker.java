package dev.pipelinebox.examples.service;

import com.sun.source.util.JavacTask;
import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Checks sources by the compiler, which may need much memory, or crash, for a source that was made to do that. */
public final class CheckWorker implements Worker<Source, Report> {

    /**
     * The properties under {@code pipelinebox.masters.checker.parameters}.
     *
     * @param options options of javac
     */
    public record Parameters(List<String> options) {}

    private final Parameters parameters;
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null);

    public CheckWorker(Parameters parameters) throws IOException { // once in each process: the slow part belongs here
        this.parameters = parameters;
        files.setLocation(StandardLocation.CLASS_PATH, List.of());
        runTask(new Source("First.java", "class First { java.util.List<String> list; }"));
    }

    @Override
    public Report runTask(Source source) throws IOException {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask)
                compiler.getTask(null, files, diagnostics, parameters.options(), null, List.of(new InMemory(source)));
        task.analyze();
        List<Report.Finding> findings = diagnostics.getDiagnostics().stream()
                .map(found -> new Report.Finding(
                        found.getKind().name(), found.getLineNumber(), found.getMessage(Locale.ROOT)))
                .toList();
        return new Report(source.name(), findings);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private static final class InMemory extends SimpleJavaFileObject {

        private final String text;

        InMemory(Source source) {
            super(URI.create("memory:///" + source.name()), Kind.SOURCE);
            text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
