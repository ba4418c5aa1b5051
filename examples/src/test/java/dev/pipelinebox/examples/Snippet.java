package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A block of Java as the compiler sees it. A type with imports is taken as it stands, a type without gets the common ones,
 * and statements are put into a method where {@link SnippetScope} is in scope. What is added never moves a line, so the
 * compiler complains of lines of the page.
 */
final class Snippet extends SimpleJavaFileObject {

    private static final String COMMON_IMPORTS = Stream.of(
                    "com.typesafe.config.Config",
                    "com.typesafe.config.ConfigFactory",
                    "dev.pipelinebox.*",
                    "dev.pipelinebox.api.*",
                    "dev.pipelinebox.monitor.*",
                    "dev.pipelinebox.testkit.*",
                    "java.io.*",
                    "java.nio.file.*",
                    "java.time.*",
                    "java.util.*",
                    "java.util.concurrent.*",
                    "java.util.stream.*")
            .map(name -> "import " + name + "; ")
            .collect(Collectors.joining());

    private static final Pattern IMPORTS = Pattern.compile("(\\s*import [^;]+;)*\\s*");
    private static final Pattern TYPE =
            Pattern.compile("(?s)((public|final|abstract|sealed) )*(class|interface|record|enum) .*");

    private final Page.Block block;
    private final String source;

    private Snippet(Page.Block block, String source) {
        super(URI.create("page:///" + block.file() + "#" + block.line()), Kind.SOURCE);
        this.block = block;
        this.source = source;
    }

    static Snippet of(Page.Block block) {
        Matcher imports = IMPORTS.matcher(block.text());
        int start = imports.lookingAt() ? imports.end() : 0;
        String own = block.text().substring(0, start);
        String code = block.text().substring(start);
        String head = "\n".repeat(block.line() - 1);
        if (TYPE.matcher(code).matches()) {
            return new Snippet(block, head + (own.isBlank() ? COMMON_IMPORTS : "") + own + code);
        }
        String wrapper = "final class Line" + block.line() + " extends " + SnippetScope.class.getName()
                + " { void run() throws Exception { ";
        return new Snippet(block, head + COMMON_IMPORTS + own + wrapper + code + "}}");
    }

    /** Compiles snippets together into a folder, strictly. */
    static void compile(Path folder, String classPath, List<Snippet> snippets) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all,-options,-processing",
                    "-Werror",
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-cp",
                    classPath);
            boolean compiled = compiler.getTask(complaints, files, null, options, null, snippets)
                    .call();
            assertThat(compiled).as("%s", complaints).isTrue();
        }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
    }

    /** What the compiler calls it. */
    @Override
    public String getName() {
        return block.file();
    }

    /** A public type may stand on a page; {@code package-info}, which the compiler asks for too, does not. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE && SourceVersion.isIdentifier(simpleName);
    }
}
