package dev.pipelinebox.environments.launcher;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a main class with a class loader of this kind. */
public final class Launcher {

    /** How the program is loaded. */
    public enum Kind {
        /** By a loader that opens the jars itself. */
        JAR_FOLDER,
        /** By a plain {@link URLClassLoader}. */
        PARENT_FIRST,
        /** By a loader that prefers its own classes. */
        PARENT_LAST;

        private ClassLoader loader(List<Path> entries) throws IOException {
            ClassLoader parent = Launcher.class.getClassLoader();
            return switch (this) {
                case JAR_FOLDER -> new JarFolderLoader(entries, parent);
                case PARENT_FIRST -> new URLClassLoader(urls(entries), parent);
                case PARENT_LAST -> new ParentLastLoader(urls(entries), parent);
            };
        }
    }

    private Launcher() {}

    /**
     * Runs it.
     *
     * @param arguments the kind, the entries of the class path, and the main class
     * @throws Exception if that throws one
     */
    public static void main(String[] arguments) throws Exception {
        List<Path> entries =
                Stream.of(arguments[1].split(File.pathSeparator)).map(Path::of).toList();
        ClassLoader loader = Kind.valueOf(arguments[0]).loader(entries);
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(arguments[2]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }

    private static URL[] urls(List<Path> entries) throws MalformedURLException {
        URL[] urls = new URL[entries.size()];
        for (int index = 0; index < urls.length; index++) {
            urls[index] = entries.get(index).toUri().toURL();
        }
        return urls;
    }
}
