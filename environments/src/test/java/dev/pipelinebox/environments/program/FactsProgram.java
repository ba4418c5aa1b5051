package dev.pipelinebox.environments.program;

import dev.pipelinebox.Master;

/** Prints the facts of its own process and of a worker. */
public final class FactsProgram {

    private FactsProgram() {}

    /**
     * Runs it.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (Master<String, ProcessFacts> master = Master.of(FactsWorker.class).start()) {
            master.addWorker();
            ProcessFacts worker =
                    master.ask(Report.RESOURCE).toCompletableFuture().join();
            System.out.println(new Report(ProcessFacts.current(Report.RESOURCE), worker).line());
        }
    }
}
