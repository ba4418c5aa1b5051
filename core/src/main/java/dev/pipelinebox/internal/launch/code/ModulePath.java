package dev.pipelinebox.internal.launch.code;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The modules of the workers: the caller's module path, and from which modules on it they are resolved.
 *
 * @param entries jars, and folders with modules
 * @param roots the names of modules
 */
public record ModulePath(List<Path> entries, Set<String> roots) {

    /** All classes are on the class path. */
    public static final ModulePath NONE = new ModulePath(List.of(), Set.of());

    /** That of a program whose workers have this class. */
    public static ModulePath of(Class<?> workerClass) {
        Set<String> roots = new TreeSet<>();
        Optional.ofNullable(System.getProperty("jdk.module.main")).ifPresent(roots::add);
        if (isResolvedAtStart(workerClass)) {
            roots.add(workerClass.getModule().getName());
        }
        return new ModulePath(
                Stream.of(System.getProperty("jdk.module.path", "").split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                        .toList(),
                roots);
    }

    /** Whether it is in one of the modules that the JVM began with. */
    static boolean isResolvedAtStart(Class<?> type) {
        Module module = type.getModule();
        return module.isNamed() && module.getLayer() == ModuleLayer.boot();
    }
}
