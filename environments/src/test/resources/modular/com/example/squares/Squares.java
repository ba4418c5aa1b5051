package com.example.squares;

import com.example.tasks.Task;
import dev.pipelinebox.Master;
import dev.pipelinebox.api.Worker;

public final class Squares implements Worker<Task, String> {

    @Override
    public String runTask(Task task) {
        Module library = Worker.class.getModule();
        return task.number() * task.number() + " by " + getClass().getModule() + " with " + library + ", opens "
                + Object.class.getModule().isOpen("java.lang", getClass().getModule());
    }

    public static void main(String[] arguments) {
        try (Master<Task, String> master = Master.of(Squares.class).start()) {
            master.addWorker();
            System.out.println(master.ask(new Task(7)).toCompletableFuture().join());
        }
    }
}
