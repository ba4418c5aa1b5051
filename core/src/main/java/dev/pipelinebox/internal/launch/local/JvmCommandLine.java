package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.api.WorkerOptions;
import dev.pipelinebox.internal.launch.JavaHome;
import dev.pipelinebox.internal.launch.JvmFlags;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.ModulePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the command line of a worker JVM together. */
public final class JvmCommandLine {

    static final String MAIN_CLASS = "dev.pipelinebox.internal.worker.WorkerMain";

    /** How the launcher is told of it: in a module, or on the class path. */
    private static final List<String> MAIN = JvmCommandLine.class.getModule().isNamed()
            ? List.of("-m", JvmCommandLine.class.getModule().getName() + "/" + MAIN_CLASS)
            : List.of(MAIN_CLASS);

    /** Arguments that say how much heap there is, or may say so in a file. */
    private static final Pattern HEAP = Pattern.compile("-Xm[xs].*|-m[xs].*|-XX:(Max|Min|Initial)(Heap|RAM).*"
            + "|-XX:\\+AggressiveHeap|-XX:(Flags|VMOptionsFile)=.*|@.*");

    private static final Pattern PROCESSORS =
            Pattern.compile("-XX:ActiveProcessorCount=.*|-XX:(Flags|VMOptionsFile)=.*|@.*");

    /** Arguments that say how much of the heap is for new objects, or which collector decides that. */
    private static final Pattern YOUNG =
            Pattern.compile("-Xmn.*|-XX:(Max)?NewSize=.*|-XX:NewRatio=.*|-XX:\\+Use\\w+GC");

    /**
     * With how much heap a worker begins, which grows as it needs more. Large arguments and results pass through it: with a
     * third of this, a worker was at collecting the old ones for 40 % of its time.
     */
    private static final long FIRST_HEAP = 96 << 20;

    /**
     * How much of it new objects fill before any are collected, so that this much is taken from the machine for good. A JVM
     * takes a third of the heap otherwise, and a sixty-fourth of the machine's memory for all of it.
     */
    private static final long FIRST_YOUNG = 10 << 20;

    /** The last Java version whose JVM is known to have the options for archives. */
    private static final int LATEST_KNOWN = 25;

    private JvmCommandLine() {}

    static List<String> of(
            JavaHome java,
            LaunchSettings settings,
            WorkerOptions options,
            ResourceShare share,
            Path directory,
            Optional<Path> archive) {
        List<String> user = new ArrayList<>(settings.jvmArguments());
        user.addAll(options.jvmArguments());
        List<String> command = new ArrayList<>();
        command.add(java.executable().toString());
        command.addAll(JvmFlags.of(java, user));
        command.add("-XX:ErrorFile=" + LaunchDirectory.errorFilePattern(directory));
        archive.filter(file -> !JvmFlags.choosesArchive(user) && !JvmFlags.choosesArchive(inEnvironment(options)))
                .ifPresent(file -> command.addAll(shared(java, file)));
        options.heapBytes()
                .or(settings::heapBytes)
                .or(() -> says(user, HEAP) ? Optional.empty() : share.heapBytes())
                .ifPresent(bytes -> command.addAll(heap(bytes, user)));
        options.processors()
                .or(settings::processors)
                .or(() -> says(user, PROCESSORS) ? Optional.empty() : Optional.of(share.processors()))
                .ifPresent(count -> command.add("-XX:ActiveProcessorCount=" + count));
        command.addAll(user);
        command.add("@" + LaunchDirectory.argumentFile(directory));
        command.addAll(MAIN);
        command.add(directory.toString());
        return command;
    }

    private static List<String> heap(long bytes, List<String> user) {
        List<String> heap = new ArrayList<>();
        if (!says(user, HEAP)) {
            heap.add("-Xms" + Math.min(bytes, FIRST_HEAP));
            if (!says(user, YOUNG)) {
                heap.add("-XX:NewSize=" + Math.min(bytes / 3, FIRST_YOUNG));
            }
        }
        heap.add("-Xmx" + bytes);
        return heap;
    }

    /** Mapped where it was made for, its pages are shared among workers; else each has to patch a copy of its own. */
    private static List<String> shared(JavaHome java, Path archive) {
        List<String> shared = new ArrayList<>();
        shared.add(java.archiveKind().uses() + archive);
        if (java.feature() <= LATEST_KNOWN) {
            shared.add("-XX:+UnlockDiagnosticVMOptions");
            shared.add("-XX:ArchiveRelocationMode=0");
        }
        return shared;
    }

    /** What the JVM is told by variables that it reads itself. */
    private static List<String> inEnvironment(WorkerOptions options) {
        return JvmFlags.VARIABLES.stream()
                .map(name ->
                        options.environment().getOrDefault(name, System.getenv().getOrDefault(name, "")))
                .flatMap(value -> Stream.of(value.split("\\s+")))
                .toList();
    }

    private static boolean says(List<String> user, Pattern what) {
        return user.stream().anyMatch(what.asMatchPredicate());
    }

    /**
     * What is the same for all workers of a master, in the form of an argument file.
     *
     * @param inherited further arguments
     */
    static String argumentFile(CodeEntries code, ModulePath modules, List<String> inherited) {
        List<String> arguments = new ArrayList<>();
        if (!code.isEmpty()) {
            arguments.addAll(List.of("-cp", code.joined()));
        }
        if (!modules.entries().isEmpty()) {
            arguments.addAll(List.of("--module-path", CodeEntries.join(modules.entries())));
        }
        if (!modules.roots().isEmpty()) {
            arguments.addAll(List.of("--add-modules", String.join(",", modules.roots())));
        }
        arguments.addAll(inherited);
        return arguments.stream().map(JvmCommandLine::quoted).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String argument) {
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
