package dev.pipelinebox.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.api.PayloadException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker classes of real modules, compiled here. The library itself is in no module. */
class ModuleAccessTest {

    @TempDir
    private Path folder;

    @Test
    void aClosedPackageOfTheWorkerIsNamedWithTheLineToWrite() throws Exception {
        Class<?> worker = worker("exports app.tasks; exports app.parts;");

        assertThatThrownBy(() -> WorkerClass.of(worker))
                .isInstanceOf(InvalidWorkerClassException.class)
                .hasMessage("Package app.work of module app is closed to this library, which builds worker class"
                        + " app.work.Scorer; add to module-info.java of app: opens app.work;");
    }

    @Test
    void aClosedPackageOfAnArgumentIsNamedWithTheLineToWrite() throws Exception {
        Class<?> worker = worker("exports app.work; exports app.parts;");

        assertThatThrownBy(() -> WorkerClass.of(worker))
                .isInstanceOf(InvalidWorkerClassException.class)
                .hasMessage("Package app.tasks of module app is closed to Jackson, which writes and reads"
                        + " app.tasks.Task; add to module-info.java of app: opens app.tasks;");
    }

    @Test
    void soIsThatOfAPartOfAnArgument() throws Exception {
        Class<?> worker = worker("exports app.work; exports app.tasks;");

        assertThatThrownBy(() -> WorkerClass.of(worker)).hasMessageContaining("opens app.parts;");
    }

    @Test
    void openOrExportedPackagesWillDo() throws Exception {
        Class<?> exported = worker("exports app.work; exports app.tasks; exports app.parts;");
        assertThatCode(() -> WorkerClass.of(exported)).doesNotThrowAnyException();
        Class<?> open = worker("opens app.work; opens app.tasks; opens app.parts;");
        assertThatCode(() -> WorkerClass.of(open)).doesNotThrowAnyException();
    }

    /** An exported package does not open the private fields of a class that is no record. */
    @Test
    void whatJacksonCannotOpenLaterIsNamedWithTheLineToWrite() throws Exception {
        Class<?> worker = worker("exports app.work; exports app.tasks; exports app.parts;");
        Object task = worker.getModule()
                .getClassLoader()
                .loadClass("app.tasks.Task")
                .getConstructors()[0]
                .newInstance(List.of(new Object[] {
                    worker.getClassLoader()
                            .loadClass("app.parts.Part")
                            .getConstructor()
                            .newInstance()
                }));

        PayloadCodec codec = new PayloadCodec(WorkerClass.of(worker), 1 << 20);

        assertThatThrownBy(() -> codec.writeArgument(task))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("add to module-info.java of app: opens app.parts;");
    }

    private Class<?> worker(String directives) throws Exception {
        Path source = Files.createTempDirectory(folder, "source");
        write(source, "module-info.java", "module app { " + directives + " }");
        write(source, "app/work/Scorer.java", """
                package app.work;
                public final class Scorer implements dev.pipelinebox.api.Worker<app.tasks.Task, Integer> {
                    public Integer runTask(app.tasks.Task task) {
                        return 1;
                    }
                }
                """);
        write(source, "app/tasks/Task.java", """
                package app.tasks;
                public record Task(java.util.List<app.parts.Part> parts) {}
                """);
        write(source, "app/parts/Part.java", """
                package app.parts;
                @com.fasterxml.jackson.annotation.JsonAutoDetect(
                        fieldVisibility = com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.ANY)
                public class Part {
                    private int size;
                }
                """);
        return compiled(source).loadClass("app.work.Scorer");
    }

    private static void write(Path source, String name, String text) throws Exception {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** It reads the class path of this test. */
    private ClassLoader compiled(Path source) throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--add-reads",
                "app=ALL-UNNAMED"));
        for (String name : List.of("module-info", "app/work/Scorer", "app/tasks/Task", "app/parts/Part")) {
            arguments.add(source.resolve(name + ".java").toString());
        }
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(exit).isZero();
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("app"));
        ModuleLayer.Controller layer = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(ModuleLayer.boot()), ModuleAccessTest.class.getClassLoader());
        Module app = layer.layer().findModule("app").orElseThrow();
        layer.addReads(app, ModuleAccessTest.class.getClassLoader().getUnnamedModule());
        return app.getClassLoader();
    }
}
