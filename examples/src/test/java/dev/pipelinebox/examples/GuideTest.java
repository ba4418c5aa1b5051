package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.MasterBuilder;
import dev.pipelinebox.Pipeline;
import dev.pipelinebox.api.PoolEvent;
import dev.pipelinebox.api.QuarantinedTask;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.Retry;
import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskOptions;
import dev.pipelinebox.api.Worker;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.testkit.TestKit;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is so, and what a user can call, set or meet is in it. */
class GuideTest {

    private static final Page GUIDE = Page.of("docs/guide.md");

    /** Pages whose workers are those of the guide. */
    private static final List<Page> PAGES =
            List.of(GUIDE, Page.of("docs/coming-from.md"), Page.of("docs/embedding.md"));

    private static final Set<String> KEYS = ConfigFactory.parseFile(Program.ROOT
                    .resolve("core/src/main/resources/reference.conf")
                    .toFile())
            .getConfig("pipelinebox")
            .entrySet()
            .stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());

    @TempDir
    private Path folder;

    @Test
    void everySnippetCompiles() throws IOException {
        List<Snippet> snippets = PAGES.stream()
                .flatMap(page -> page.blocks("java").stream())
                .map(Snippet::of)
                .toList();
        Snippet.compile(folder, System.getProperty("java.class.path"), snippets);
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(Program.ROOT), Files.walk(Program.ROOT.resolve("docs")))) {
            List<Page> pages = files.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> Page.of(Program.ROOT.relativize(file).toString()))
                    .toList();
            assertThat(pages)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(page ->
                            assertThat(page.brokenLinks()).as(page.file()).isEmpty());
        }
    }

    @Test
    void whatItSetsCanBeSet() {
        assertThat(GUIDE.blocks("conf")).isNotEmpty().allSatisfy(block -> {
            Config settings = ConfigFactory.parseString(block.text()).getConfig("pipelinebox");
            assertThat(settings.entrySet()).extracting(Map.Entry::getKey).isSubsetOf(KEYS);
        });
    }

    @Test
    void everyKeyIsInIt() {
        assertThat(KEYS).isNotEmpty().allSatisfy(key -> assertThat(GUIDE.text()).contains("`" + key + "`"));
    }

    @Test
    void everyCallIsInIt() {
        Stream<String> calls = Stream.of(
                        Master.class,
                        MasterBuilder.class,
                        Pipeline.class,
                        QuarantinedTask.class,
                        Results.class,
                        TaskContext.class,
                        TaskMonitor.class,
                        TestKit.class,
                        Worker.class,
                        WorkerHandle.class)
                .flatMap(GuideTest::calls);
        Stream<String> options = Stream.of(TaskOptions.class, WorkerOptions.class, Retry.class)
                .flatMap(GuideTest::calls)
                .filter(name -> name.startsWith("with"));
        assertThat(Stream.concat(calls, options))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(GUIDE.text()).containsPattern("\\b" + name + "\\("));
    }

    @Test
    void everyEventAndEveryErrorIsInIt() throws IOException {
        Stream<String> events =
                Stream.of(PoolEvent.class.getPermittedSubclasses()).map(Class::getSimpleName);
        try (Stream<Path> sources = Files.list(Program.ROOT.resolve("core/src/main/java/dev/pipelinebox/api"))) {
            Stream<String> errors = sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .map(name -> name.replace(".java", ""));
            assertThat(Stream.concat(events, errors))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(GUIDE.text()).contains("`" + name + "`"));
        }
    }

    private static Stream<String> calls(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName);
    }
}
