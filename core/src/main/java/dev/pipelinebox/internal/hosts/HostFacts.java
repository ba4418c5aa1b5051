package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.api.JavaInstallation;
import java.util.List;
import java.util.Map;

/**
 * What a host says of itself when it joins.
 *
 * @param name its name: letters, digits, dots, hyphens and underscores
 * @param address where the master reaches it; empty for the master's own machine
 * @param processors how many it has for workers
 * @param memory how much it has for workers, in bytes
 * @param system its operating system
 * @param architecture its processors' architecture
 * @param java its Java installations, the default first
 * @param labels what tells it from others
 * @param resources what it has for workers beside processors and memory
 * @param protocol the versions of the protocol that it speaks
 */
public record HostFacts(
        String name,
        String address,
        int processors,
        long memory,
        String system,
        String architecture,
        List<JavaInstallation> java,
        Map<String, String> labels,
        Map<String, Double> resources,
        Protocol protocol) {

    private static final int LONGEST_NAME = 255;

    /** From which to which version of the protocol. */
    public record Protocol(int oldest, int newest) {

        boolean covers(int version) {
            return oldest <= version && version <= newest;
        }

        @Override
        public String toString() {
            return oldest == newest ? "version " + oldest : "versions " + oldest + " to " + newest;
        }
    }

    /**
     * Checks what comes from another machine.
     *
     * @throws IllegalArgumentException if the name has other characters or a number makes no sense
     */
    public HostFacts {
        java = List.copyOf(java);
        labels = Map.copyOf(labels);
        resources = Map.copyOf(resources);
        if (!isName(name)) {
            throw new IllegalArgumentException("The name of a host has letters, digits, dots, hyphens and underscores,"
                    + " at most 255; give another by --name");
        }
        if (processors < 1 || memory < 0) {
            throw new IllegalArgumentException("Host " + name + " says that it has " + processors + " processors and "
                    + memory + " bytes of memory; correct its --processors or --memory");
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0));
    }

    boolean hasJava(int feature) {
        return java.stream().anyMatch(installation -> installation.feature() == feature);
    }

    int newestJava() {
        return java.stream().mapToInt(JavaInstallation::feature).max().orElse(0);
    }
}
