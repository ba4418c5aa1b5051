package dev.pipelinebox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The two small examples, run short, each in a process of its own. */
class DumbExamplesIT {

    @Test
    void twoWorkersShareTheTasks() throws Exception {
        Program program = Program.example(DumbMasterWorker.class, "2");

        assertThat(program.err()).isEmpty();
        assertThat(program.exitCode()).isZero();
        assertThat(program.out())
                .contains("[master] + worker 0 with Parameters[name=WORKER-Alice]")
                .contains("[master] + worker 1 with {name=WORKER-Bob}")
                .endsWith("[DumbTest]: All done");
        assertThat(program.out())
                .filteredOn(line -> line.contains("DONE WITH"))
                .map(line -> line.replaceAll("Alice|Bob", "NAME"))
                .containsExactlyInAnyOrder(
                        "[DumbTest]: WORKER-NAME DONE WITH dumb-task-1",
                        "[DumbTest]: WORKER-NAME DONE WITH dumb-task-2");
        assertThat(program.workers()).hasSize(2);
        assertThat(program.workersLeft()).isEmpty();
    }

    @Test
    void fourWorkersAreCountedAtTheirWork() throws Exception {
        Program program = Program.example(DumbMasterWorkerMonitored.class, "200");

        assertThat(program.err()).isEmpty();
        assertThat(program.exitCode()).isZero();
        List<String> end =
                program.out().subList(program.out().size() - 7, program.out().size());
        assertThat(end.get(0)).isEqualTo("200 of 200");
        for (int worker = 0; worker < 4; worker++) {
            assertThat(end.get(1 + worker)).matches(worker + ":\t0 \\(\\d+\\)");
        }
        assertThat(end.get(5)).isEqualTo("[DumbTest]: All done");
        assertThat(end.get(6)).matches("\\[DumbTest\\]: Last WORKER-\\w+ DONE WITH task\\d{5} and sum \\d+");
        assertThat(program.workersLeft()).isEmpty();
    }
}
