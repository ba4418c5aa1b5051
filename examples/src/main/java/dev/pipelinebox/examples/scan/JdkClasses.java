package dev.pipelinebox.examples.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The class files of the running JDK, read from its {@code jrt:} file system. Not safe for use by several threads. */
final class JdkClasses {

    private final FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
    private final Map<String, String> modules = new HashMap<>();
    private final Map<String, Optional<ClassShape>> shapes = new HashMap<>();

    JdkClasses() {
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            module.descriptor()
                    .packages()
                    .forEach(name -> modules.put(name, module.descriptor().name()));
        }
    }

    /** Returns the shape of a class of any module, exported or not, or null if the JDK has no such class. */
    @Nullable
    ClassShape find(String className) {
        return shapes.computeIfAbsent(className, this::read).orElse(null);
    }

    private Optional<ClassShape> read(String className) {
        String module = modules.get(packageOf(className).replace('/', '.'));
        if (module == null) {
            return Optional.empty();
        }
        Path file = image.getPath("modules", module, className + ".class");
        return Files.exists(file) ? Optional.of(ClassShape.of(read(file))) : Optional.empty();
    }

    /**
     * Passes each class file of the public API of Java SE to an action: of every package that a module of {@code
     * java.se} exports to all, the public types with their nested types.
     */
    void forEachApiClass(Consumer<ClassReader> action) {
        for (ResolvedModule module : javaSe().modules()) {
            for (ModuleDescriptor.Exports exports :
                    module.reference().descriptor().exports()) {
                if (!exports.isQualified()) {
                    String folder = exports.source().replace('.', '/');
                    publicTypes(image.getPath("modules", module.name(), folder)).forEach(action);
                }
            }
        }
    }

    private static Configuration javaSe() {
        try {
            return Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), Set.of("java.se"));
        } catch (FindException incomplete) {
            throw new IllegalStateException(
                    "the Java runtime at " + System.getProperty("java.home")
                            + " is cut down and has not all of Java SE,"
                            + " so the list of its deprecated API would have gaps; run the scan with a full JDK",
                    incomplete);
        }
    }

    private static List<ClassReader> publicTypes(Path folder) {
        Map<String, ClassReader> types = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                ClassReader type = read(file);
                types.put(type.getClassName(), type);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types.values().stream()
                .filter(type -> isPublic(types.get(topLevelOf(type.getClassName()))))
                .toList();
    }

    private static boolean isPublic(@Nullable ClassReader type) {
        return type != null && (type.getAccess() & Opcodes.ACC_PUBLIC) != 0;
    }

    private static String topLevelOf(String className) {
        int nested = className.indexOf('$', className.lastIndexOf('/') + 1);
        return nested < 0 ? className : className.substring(0, nested);
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('/')));
    }

    private static ClassReader read(Path file) {
        try {
            return new ClassReader(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
