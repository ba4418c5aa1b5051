package dev.pipelinebox.examples.scan;

import dev.pipelinebox.api.Worker;
import java.io.IOException;

/**
 * Scans jars for uses of Java API that is deprecated for removal. A task is the path of one jar. The constructor does
 * the slow part once in each process: it reads the deprecations of the running JDK. Later tasks reuse the JDK classes
 * that a task has read.
 */
public final class ScanWorker implements Worker<String, JarReport> {

    private final JarScanner scanner;

    /**
     * Reads the deprecations of the running JDK.
     *
     * @throws IllegalStateException if the Java runtime is cut down and has not all of Java SE
     */
    public ScanWorker() {
        JdkClasses jdk = new JdkClasses();
        scanner = new JarScanner(jdk, RemovalIndex.of(jdk));
    }

    /**
     * Scans one jar.
     *
     * @param jar the path of the jar
     * @throws IOException if the file is no jar; its message names the jar, the cause and what to do
     */
    @Override
    public JarReport runTask(String jar) throws IOException {
        return scanner.scan(jar);
    }
}
