package dev.pipelinebox.examples.scan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Java SE API that the running JDK marks {@code @Deprecated(forRemoval = true)}, as {@code jdeprscan --list
 * --for-removal} knows it. A type is spelled {@code java/lang/SecurityManager}, a field
 * {@code javax/naming/Context.APPLET}, a method {@code java/lang/Thread.stop()V}. What the JDK offers beyond Java SE,
 * in its {@code jdk.*} modules, is not in it.
 */
final class RemovalIndex {

    private final Map<String, String> sinceByApi;
    private final Set<String> members = new HashSet<>();

    private RemovalIndex(Map<String, String> sinceByApi) {
        this.sinceByApi = Map.copyOf(sinceByApi);
        for (String api : sinceByApi.keySet()) {
            int dot = api.indexOf('.');
            if (dot >= 0) {
                members.add(api.substring(dot + 1));
            }
        }
    }

    /** Reads the class files of the whole public API. This is slow and happens once in each process. */
    static RemovalIndex of(JdkClasses jdk) {
        Map<String, String> sinceByApi = new HashMap<>();
        jdk.forEachApiClass(type -> type.accept(new RemovalCollector(sinceByApi), ClassShape.DECLARATIONS_ONLY));
        return new RemovalIndex(sinceByApi);
    }

    static String member(String owner, String member) {
        return owner + '.' + member;
    }

    /** Returns the release that deprecated an API, empty if the JDK does not say, or null if the API may stay. */
    @Nullable
    String since(String api) {
        return sinceByApi.get(api);
    }

    /** Whether any type has such a member for removal, a field name or a method name with descriptor. Fast. */
    boolean hasMember(String member) {
        return members.contains(member);
    }

    Set<String> apis() {
        return sinceByApi.keySet();
    }
}
