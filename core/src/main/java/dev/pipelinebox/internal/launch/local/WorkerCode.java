package dev.pipelinebox.internal.launch.local;

import dev.pipelinebox.api.InvalidWorkerClassException;
import dev.pipelinebox.internal.launch.LaunchSettings;
import dev.pipelinebox.internal.launch.code.CodeCache;
import dev.pipelinebox.internal.launch.code.CodeEntries;
import dev.pipelinebox.internal.launch.code.ModulePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the JVMs of workers find their classes in. Thread-safe; closed when none of them runs. */
public final class WorkerCode implements AutoCloseable {

    private final List<Path> library;
    private final String arguments;
    private final @Nullable CodeCache cache;

    private WorkerCode(List<Path> library, String arguments, @Nullable CodeCache cache) {
        this.library = library;
        this.arguments = arguments;
        this.cache = cache;
    }

    /**
     * That of this program, as far as the loader of a worker class sees it.
     *
     * @throws InvalidWorkerClassException if no other process could find the class
     * @throws UncheckedIOException if jars in a jar cannot be unpacked
     */
    public static WorkerCode ofCaller(LaunchSettings settings, Class<?> workerClass) {
        CodeCache cache = new CodeCache(settings.codeDirectory());
        try {
            CodeEntries entries = CodeEntries.of(workerClass.getClassLoader(), cache);
            if (!entries.contains(workerClass)) {
                throw new InvalidWorkerClassException("Worker class " + workerClass.getName()
                        + " is in no jar or folder that another process can open; put it on the class path of this"
                        + " program (java Program.java keeps classes in memory only), or into the jars of a"
                        + " URLClassLoader");
            }
            return new WorkerCode(
                    entries.library(),
                    JvmCommandLine.argumentFile(entries, ModulePath.of(workerClass), InheritedArguments.current()),
                    cache);
        } catch (RuntimeException unusable) {
            cache.close();
            throw unusable;
        }
    }

    /** What another machine has sent, with the arguments of its JVM that classes depend on. */
    public static WorkerCode of(CodeEntries entries, List<String> arguments) {
        return new WorkerCode(
                entries.library(), JvmCommandLine.argumentFile(entries, ModulePath.NONE, arguments), null);
    }

    /** The jars of the library, of which a class-data archive can be made. */
    List<Path> library() {
        return library;
    }

    /** The arguments of each JVM, in the form of an argument file. */
    String arguments() {
        return arguments;
    }

    /**
     * Sees to it that the files are there. To be called before each start.
     *
     * @throws IOException if they were removed and cannot be had again
     */
    void ensure() throws IOException {
        if (cache != null) {
            cache.ensure();
        }
    }

    @Override
    public void close() {
        if (cache != null) {
            cache.close();
        }
    }
}
