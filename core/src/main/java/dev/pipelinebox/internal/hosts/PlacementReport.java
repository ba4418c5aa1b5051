package dev.pipelinebox.internal.hosts;

import dev.pipelinebox.internal.task.ShownText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says why no host fits, with the hosts of one reason together. */
final class PlacementReport {

    private static final int MOST_NAMES = 5;

    private static final String ALL_MISSING =
            "No host has joined, and the master's own machine is none (Hosts.withLocal);"
                    + " start a host by java -jar pipelinebox-host.jar join";

    private PlacementReport() {}

    static String of(Collection<HostEntry> hosts, WorkerNeeds needs, long now) {
        if (hosts.isEmpty()) {
            return ALL_MISSING;
        }
        List<HostEntry> named =
                hosts.stream().filter(host -> Placement.isNamed(host, needs)).toList();
        if (named.isEmpty()) {
            return "No host is named "
                    + needs.requirements().name().map(ShownText::of).orElse("")
                    + ", which the worker asks for; there are "
                    + names(hosts.stream().map(host -> host.id().name()).toList())
                    + ". Start a host of that name, or change WorkerOptions.withHost";
        }
        Map<String, List<String>> reasons = named.stream()
                .collect(Collectors.groupingBy(
                        host -> host.misfit(needs, now).orElse("fits"),
                        TreeMap::new,
                        Collectors.mapping(host -> host.id().name(), Collectors.toList())));
        String asked = needs.toString();
        return "No host fits the worker" + (asked.isEmpty() ? "" : ", which needs " + asked) + ": "
                + reasons.entrySet().stream()
                        .map(reason -> names(reason.getValue()) + ": " + reason.getKey())
                        .collect(Collectors.joining("; "))
                + ". Start a host that does, or change the WorkerOptions";
    }

    private static String names(List<String> names) {
        int more = names.size() - MOST_NAMES;
        return names.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
