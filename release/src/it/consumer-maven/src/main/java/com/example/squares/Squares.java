package com.example.squares;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;

/** Squares numbers in a worker process. */
public final class Squares {

    /** What the worker found, and where. */
    public record Square(int number, int square, long pid) {}

    /** Squares one number. */
    public static final class Squarer implements Worker<Integer, Square> {
        @Override
        public Square runTask(Integer number) {
            return new Square(number, number * number, ProcessHandle.current().pid());
        }
    }

    private Squares() {}

    public static void main(String[] args) {
        try (Master<Integer, Square> master = Master.of(Squarer.class).start()) {
            master.addWorker();
            for (TaskResult<Square> result : master.run(1, 2, 3)) {
                Square found = result.value();
                String place = found.pid() == ProcessHandle.current().pid() ? "this" : "another";
                System.out.println(found.number() + " squared is " + found.square() + ", says " + place + " process");
            }
        }
    }
}
