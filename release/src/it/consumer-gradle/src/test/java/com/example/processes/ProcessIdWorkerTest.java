package com.example.processes;

import static org.junit.Assert.assertNotEquals;

import dev.pipelinebox.Master;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class ProcessIdWorkerTest {

    @Test
    public void theWorkerIsAnotherProcess() throws Exception {
        try (Master<String, Long> master = Master.of(ProcessIdWorker.class).start()) {
            master.addWorker();
            long worker = master.ask("").toCompletableFuture().get(2, TimeUnit.MINUTES);
            assertNotEquals(ProcessHandle.current().pid(), worker);
        }
    }
}
