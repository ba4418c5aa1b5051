package dev.pipelinebox.internal.cluster;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of an actor system whose settings are complete: no {@code reference.conf} is found by it while the system
 * is made. From then on it is as its parent, since it is the context class loader of all threads of the system, and the
 * user's monitors run on these.
 */
final class ReferenceHidingLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private volatile boolean isRevealed;

    private ReferenceHidingLoader(ClassLoader parent) {
        super(parent);
    }

    static ReferenceHidingLoader create() {
        return new ReferenceHidingLoader(usual());
    }

    /** The caller's loader, as Akka has it, unless that does not know this library. */
    static ClassLoader usual() {
        ClassLoader own = ReferenceHidingLoader.class.getClassLoader();
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        return callers != null && knowsThisLibrary(callers) ? callers : own;
    }

    private static boolean knowsThisLibrary(@Nullable ClassLoader loader) {
        try {
            return Class.forName(ReferenceHidingLoader.class.getName(), false, loader) == ReferenceHidingLoader.class;
        } catch (ClassNotFoundException unknown) {
            return false;
        }
    }

    void reveal() {
        isRevealed = true;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isRevealed || !name.equals("reference.conf") ? super.getResources(name) : Collections.emptyEnumeration();
    }
}
