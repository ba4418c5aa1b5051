package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.benchmarks.floor.Child;
import dev.pipelinebox.benchmarks.frame.Heap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A program with more tasks than fit into its memory. */
public final class EndlessInput {

    private static final int LOOKS = 10;

    private EndlessInput() {}

    /**
     * Prints how many tasks were done a second, and what of the heap was used after each tenth, in MiB.
     *
     * @param arguments how many tasks to do
     * @throws Exception if the workers cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        Child.endWithStandardInput();
        int tasks = Integer.parseInt(arguments[0]);
        List<Double> heap = new ArrayList<>();
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, 2)) {
            Tiny.rate(team.master(), tasks / LOOKS);
            long begin = System.nanoTime();
            long done = 0;
            for (TaskResult<Integer> result :
                    team.master().runAll(IntStream.range(0, tasks).boxed())) {
                result.value();
                if (++done % (tasks / LOOKS) == 0) {
                    heap.add(Heap.usedMebibytes());
                }
            }
            System.out.println(done / ((System.nanoTime() - begin) / 1e9));
            System.out.println(heap.stream()
                    .map(used -> String.format(Locale.ROOT, "%.1f", used))
                    .collect(Collectors.joining(" ")));
        }
    }
}
