package dev.pipelinebox.benchmarks.speed;

import dev.pipelinebox.benchmarks.floor.Child;
import dev.pipelinebox.benchmarks.floor.Latencies;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fresh program that measures the first work of its two workers, before anything is compiled. */
public final class ColdProgram {

    private static final int WORKERS = 2;

    private ColdProgram() {}

    /**
     * Prints its figures in one line.
     *
     * @param arguments what to do: {@code ask}, {@code tiny}, {@code echo} with the bytes of a task, or {@code spin} with the
     *     steps of a task; and how many times
     * @throws Exception if a task fails
     */
    public static void main(String[] arguments) throws Exception {
        Child.endWithStandardInput();
        int times = Integer.parseInt(arguments[1]);
        String figures = switch (arguments[0]) {
            case "ask" -> ask(times);
            case "tiny" -> tiny(times);
            case "echo" -> echo(times, Integer.parseInt(arguments[2]));
            case "spin" -> spin(times, Long.parseLong(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        System.out.println(figures);
    }

    /** Runs such a program and returns what it prints. */
    static List<Double> run(String... arguments) throws IOException {
        try (Child program = Child.java(ColdProgram.class, List.of(), arguments)) {
            return Arrays.stream(program.hear().split(" ", -1))
                    .map(Double::valueOf)
                    .toList();
        }
    }

    private static String ask(int times) throws Exception {
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, WORKERS)) {
            Latencies first = Latencies.of(times, () -> team.ask(1));
            return Stream.of(first.p50(), first.p99(), first.p999())
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
        }
    }

    private static String tiny(int times) throws Exception {
        try (Team<Integer, Integer> team = Team.of(EchoNumber.class, WORKERS)) {
            return String.valueOf(Tiny.rate(team.master(), times));
        }
    }

    private static String echo(int times, int bytes) throws Exception {
        try (Team<byte[], byte[]> team = Team.of(EchoBytes.class, WORKERS)) {
            return String.valueOf(Echo.rate(team.master(), bytes, times));
        }
    }

    private static String spin(int times, long steps) throws Exception {
        try (Team<Long, Long> team = Team.of(Computing.class, WORKERS)) {
            return String.valueOf(Spin.rate(team, times, steps));
        }
    }
}
