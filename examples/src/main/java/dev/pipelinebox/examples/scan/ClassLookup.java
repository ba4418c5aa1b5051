package dev.pipelinebox.examples.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the type that declares a member, looking for classes in the JDK first and then in the jar under scan. */
final class ClassLookup {

    private final Function<String, @Nullable ClassShape> classes;

    ClassLookup(Function<String, @Nullable ClassShape> classes) {
        this.classes = classes;
    }

    /** Returns the type that declares what a reference to a member of the named class means, or null if none does. */
    @Nullable
    String declarerOf(String className, String member) {
        ClassShape start = classes.apply(className);
        return start == null ? null : declarerOf(start, member);
    }

    /** Returns the type that declares a member, be it the class itself, or null if none does. */
    @Nullable
    String declarerOf(ClassShape start, String member) {
        return start.declares(member) ? start.name() : overriddenBy(start, member);
    }

    /** Returns the nearest supertype that declares a member, classes before interfaces, or null if none does. */
    @Nullable
    String overriddenBy(ClassShape start, String member) {
        Map<String, ClassShape> superclasses = superclassesOf(start);
        for (ClassShape superclass : superclasses.values()) {
            if (superclass.declares(member)) {
                return superclass.name();
            }
        }
        Deque<String> interfaces = new ArrayDeque<>();
        superclasses.values().forEach(superclass -> interfaces.addAll(superclass.interfaces()));
        interfaces.addAll(start.interfaces());
        return firstToDeclare(member, interfaces);
    }

    private Map<String, ClassShape> superclassesOf(ClassShape start) {
        Map<String, ClassShape> found = new LinkedHashMap<>();
        for (String name = start.superName(); name != null && !found.containsKey(name); ) {
            ClassShape superclass = classes.apply(name);
            if (superclass == null) {
                break;
            }
            found.put(name, superclass);
            name = superclass.superName();
        }
        return found;
    }

    /** Gives up at an interface that is not to be found, as {@code jdeprscan} does: it may be the one that is meant. */
    private @Nullable String firstToDeclare(String member, Deque<String> interfaces) {
        Set<String> seen = new HashSet<>();
        while (!interfaces.isEmpty()) {
            String name = interfaces.removeFirst();
            if (seen.add(name)) {
                ClassShape type = classes.apply(name);
                if (type == null) {
                    return null;
                }
                if (type.declares(member)) {
                    return name;
                }
                interfaces.addAll(type.interfaces());
            }
        }
        return null;
    }
}
