package dev.pipelinebox.internal.launch.code;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Where a class loader finds classes that does not say so, unlike a {@code URLClassLoader}: the jars and folders in which
 * it finds what is in every jar and every folder.
 */
final class LoaderRoots {

    /** In a jar, and the folder itself. */
    private static final String[] EVERYWHERE = {"META-INF/MANIFEST.MF", ""};

    private LoaderRoots() {}

    /** Without those of its parents, in the order in which it looks. */
    static Set<CodeLocation> ownOf(ClassLoader loader) {
        Set<CodeLocation> own = all(loader);
        if (loader.getParent() != null) {
            own.removeAll(all(loader.getParent()));
        }
        return own;
    }

    /** Whether it looks there before it asks its parent, as a web application's does. */
    static boolean isParentLast(ClassLoader loader, Set<CodeLocation> own) {
        return Stream.of(EVERYWHERE)
                .map(name -> of(loader, name))
                .filter(roots -> !own.containsAll(roots) && roots.stream().anyMatch(own::contains))
                .findFirst()
                .map(roots -> own.contains(roots.iterator().next()))
                .orElse(false);
    }

    private static Set<CodeLocation> all(ClassLoader loader) {
        Set<CodeLocation> roots = new LinkedHashSet<>();
        for (String name : EVERYWHERE) {
            roots.addAll(of(loader, name));
        }
        return roots;
    }

    private static Set<CodeLocation> of(ClassLoader loader, String name) {
        Set<CodeLocation> roots = new LinkedHashSet<>();
        try {
            for (URL found : Collections.list(loader.getResources(name))) {
                root(found.toString(), name).ifPresent(roots::add);
            }
        } catch (IOException | RuntimeException unwilling) {
            LoggerFactory.getLogger(LoaderRoots.class).debug("{} does not find {}", loader, name, unwilling);
        }
        return roots;
    }

    private static Optional<CodeLocation> root(String found, String name) {
        return found.endsWith(name)
                ? CodeLocation.of(found.substring(0, found.length() - name.length()))
                : Optional.empty();
    }
}
