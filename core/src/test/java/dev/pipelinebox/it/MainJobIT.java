package dev.pipelinebox.it;

import static dev.pipelinebox.it.Pools.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.Results;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskMonitor;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.WorkerHandle;
import dev.pipelinebox.monitor.WorkloadCounter;
import dev.pipelinebox.monitor.WorkloadMaxCounter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All that the Python original does, with real worker processes. */
@ExtendWith(NoProcessLeft.class)
class MainJobIT {

    @Test
    void aWorkerIsBuiltOnceWithItsParametersAndRunsTaskAfterTask() {
        try (Master<String, String> master = Master.of(Workers.Named.class).start()) {
            master.addWorker(new Workers.Named.Parameters("Alice"));
            List<String> values = new ArrayList<>();
            for (TaskResult<String> result : master.run("a", "b", "c")) {
                values.add(result.taskId() + " " + result.value());
            }
            assertThat(values)
                    .containsExactly(
                            "1 Alice DONE WITH a built 1",
                            "2 Alice DONE WITH b built 1",
                            "3 Alice DONE WITH c built 1");
        }
    }

    @Test
    void workersHaveParametersOfTheirOwnAndAreAddedBeforeAndDuringARun() {
        try (Master<Integer, Long> master = Master.of(Workers.Pid.class).start()) {
            Set<Long> pids = new HashSet<>();
            WorkerHandle first = master.addWorker();
            WorkerHandle second = null;
            try (Results<Long> results = master.runAll(Stream.generate(() -> 20))) {
                for (TaskResult<Long> result : results) {
                    pids.add(result.value());
                    if (second == null) {
                        second = master.addWorker();
                        assertThat(second.index()).isEqualTo(1);
                    }
                    if (pids.size() == 2) {
                        assertThat(pids).containsExactlyInAnyOrder(first.pid(), second.pid());
                        return;
                    }
                }
            }
        }
    }

    @Test
    void namedParametersBuildTheSameWorkerAsARecord() {
        try (Master<String, String> master = Master.of(Workers.Named.class).start()) {
            master.addWorker(Map.of("name", "Bob"));
            assertThat(master.run("x").stream().map(TaskResult::value)).containsExactly("Bob DONE WITH x built 1");
        }
    }

    @Test
    void tasksAddedEarlierAreInTheNextRunAndARunCanBeRepeated() {
        try (Master<Long, Long> master = Master.of(Workers.Increment.class).start()) {
            assertThat(master.addTask(10L)).isEqualTo(1);
            assertThat(master.addTask(20L)).isEqualTo(2);
            master.addWorker();
            assertThat(byId(master.run(30L, 40L)))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(1L, 11L, 2L, 21L, 3L, 31L, 4L, 41L));
            assertThat(byId(master.run(50L))).containsExactlyInAnyOrderEntriesOf(Map.of(5L, 51L));
            assertThat(master.addTask(60L)).isEqualTo(6);
            assertThat(byId(master.run())).containsExactlyInAnyOrderEntriesOf(Map.of(6L, 61L));
            assertThat(byId(master.run())).isEmpty();
        }
    }

    @Test
    void resultsComeInTheOrderOfCompletionOrIfWantedOfAdding(@TempDir Path directory) {
        Gate first = new Gate(directory.resolve("first"));
        Gate third = new Gate(directory.resolve("third"));
        try (Master<String, Object> master = Master.of(Workers.Faulty.class).start()) {
            ready(master.addWorker(), master.addWorker());
            Iterator<TaskResult<Object>> asTheyFinish =
                    master.run("gate " + first, "quick").iterator();
            assertThat(asTheyFinish.next().taskId()).isEqualTo(2);
            first.open();
            assertThat(asTheyFinish.next().taskId()).isEqualTo(1);

            Results<Object> inOrder =
                    master.run("gate " + third, "quick", "quick").inOrder();
            await().until(() -> master.status().done() == 4);
            third.open();
            assertThat(inOrder.stream().map(TaskResult::taskId)).containsExactly(3L, 4L, 5L);
        }
    }

    @Test
    void anExceptionInATaskIsThatTasksResultAndNothingElseSuffers() {
        try (Master<String, Object> master = Master.of(Workers.Faulty.class).start()) {
            WorkerHandle worker = master.addWorker();
            Map<Long, TaskResult<Object>> results = new HashMap<>();
            master.run(
                            "one",
                            "throw it is broken",
                            "throw-error",
                            "throw-odd",
                            "return-unwritable",
                            "interrupt-self",
                            "two")
                    .forEach(result -> results.put(result.taskId(), result));
            long pid = worker.pid();
            assertThat(results).hasSize(7);
            assertThat(results.get(1L).value()).isEqualTo("one");
            assertThat(results.get(2L))
                    .isInstanceOfSatisfying(
                            TaskResult.Failure.class,
                            failure -> assertThat(failure.error())
                                    .isInstanceOfSatisfying(TaskFailedException.class, error -> {
                                        assertThat(error)
                                                .hasMessageContaining("java.lang.IllegalStateException: it is broken");
                                        assertThat(error.remoteClass()).isEqualTo("java.lang.IllegalStateException");
                                        assertThat(error.remoteMessage()).isEqualTo("it is broken");
                                        assertThat(error.remoteStack().get(0).getMethodName())
                                                .isEqualTo("runTask");
                                        assertThat(error.remoteCauses()).hasSize(1);
                                        assertThat(error.remoteCauses().get(0).remoteClass())
                                                .isEqualTo("java.io.IOException");
                                    }));
            assertThatThrownBy(() -> results.get(3L).value()).hasMessageContaining("AssertionError: an error");
            assertThatThrownBy(() -> results.get(4L).value()).hasMessageContaining("OddException");
            assertThatThrownBy(() -> results.get(5L).value())
                    .hasMessageContaining("result")
                    .hasMessageContaining("java.lang.Object");
            assertThat(results.get(6L).value()).isEqualTo("survived interrupt-self");
            assertThat(results.get(7L).value()).isEqualTo("two");
            assertThat(worker.pid()).isEqualTo(pid);
        }
    }

    @Test
    void monitorsGetTheFourCallsOnceEachBeforeTheCallerHasTheResult() {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        TaskMonitor monitor = new TaskMonitor() {
            @Override
            public void onWorkerAdded(int workerIndex, Object parameters) {
                calls.add("worker " + workerIndex + " " + parameters);
            }

            @Override
            public void onTaskAdded(long taskId) {
                calls.add("added " + taskId);
            }

            @Override
            public void onTaskAttachedToWorker(int workerIndex, long taskId) {
                calls.add("attached " + taskId);
            }

            @Override
            public void onResultRetrievedFromWorker(int workerIndex, long taskId) {
                calls.add("retrieved " + taskId);
            }
        };
        TaskMonitor throwing = new TaskMonitor() {
            @Override
            public void onTaskAdded(long taskId) {
                throw new IllegalStateException("this monitor is broken");
            }
        };
        WorkloadMaxCounter maximum = new WorkloadMaxCounter(false);
        WorkloadCounter counter = new WorkloadCounter(false);
        try (Master<String, String> master = Master.of(Workers.Named.class)
                .monitor(throwing)
                .monitor(monitor)
                .monitor(maximum)
                .monitor(counter)
                .start()) {
            master.addWorker(Map.of("name", "Alice"));
            List<String> tasks = IntStream.range(0, 100).mapToObj(i -> "t" + i).toList();
            for (TaskResult<String> result : master.runAll(tasks)) {
                List<String> ofTask = List.copyOf(calls).stream()
                        .filter(call -> call.endsWith(" " + result.taskId()))
                        .toList();
                assertThat(ofTask)
                        .containsExactly(
                                "added " + result.taskId(),
                                "attached " + result.taskId(),
                                "retrieved " + result.taskId());
            }
            assertThat(calls).hasSize(301).startsWith("worker 0 {name=Alice}");
            assertThat(maximum.toString()).matches("100 of 100\n0:\t0 \\(\\d+\\)");
            assertThat(counter.toString()).isEqualTo("0:\t0");
        }
    }

    @Test
    void progressCountsTheResultsOfEachRun() {
        List<String> progress = new ArrayList<>();
        try (Master<Long, Long> master = Master.of(Workers.Increment.class)
                .progress((done, total) -> progress.add(done + "/" + total))
                .start()) {
            master.addWorker();
            master.run(1L, 2L, 3L).forEach(result -> assertThat(progress).isNotEmpty());
            master.run(4L).forEach(result -> {});
        }
        assertThat(progress).containsExactly("1/3", "2/3", "3/3", "1/1");
    }

    @Test
    void verboseTellsWhatHappensAndWorkersPrintWholeMarkedLinesAndNoWarnings() {
        PrintStream console = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        ByteArrayOutputStream capturedErrors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(capturedErrors, true, StandardCharsets.UTF_8));
        String unwritable = "half a character: \uD83D";
        try (Master<String, Object> master =
                Master.of(Workers.Faulty.class).verbose(true).start()) {
            master.addWorker();
            assertThat(master.run("print hello there", unwritable).stream().filter(TaskResult::isSuccess))
                    .hasSize(1);
        } finally {
            System.setOut(console);
            System.setErr(errors);
        }
        assertThat(capturedErrors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(captured.toString(StandardCharsets.UTF_8).lines())
                .contains("[worker 0] hello there", "[master] + worker 0", "[master] + task 1")
                .contains("[master] task 1 --> worker 0", "[master] task 1 <-- worker 0")
                .as("a task that cannot be run is added like any other")
                .contains("[master] + task 2")
                .allMatch(line -> line.startsWith("[master] ") || line.startsWith("[worker 0] "));
    }

    @Test
    void haltEndsWorkersThatIgnoreIt() {
        Master<String, Object> master = Master.of(Workers.Faulty.class)
                .config(com.typesafe.config.ConfigFactory.parseString("pipelinebox.shutdown.grace = 500 ms"))
                .start();
        ready(master.addWorker());
        Results<Object> results = master.run("hang", "never started");
        master.halt();
        List<TaskResult<Object>> all = results.stream().toList();
        assertThat(all)
                .hasSize(2)
                .allSatisfy(result -> assertThatThrownBy(result::value).isInstanceOf(MasterClosedException.class));
        assertThatThrownBy(() -> master.run("more")).isInstanceOf(MasterClosedException.class);
        assertThatThrownBy(master::addWorker).isInstanceOf(MasterClosedException.class);
        assertThatThrownBy(() -> master.addTask("more")).isInstanceOf(MasterClosedException.class);
        assertThatThrownBy(() -> master.ask("more").toCompletableFuture().join())
                .hasCauseInstanceOf(MasterClosedException.class);
        master.close();
        master.halt();
    }

    @Test
    void closingWaitsForTheRunningTaskAndClosesTheWorker(@TempDir Path directory) {
        Path mark = directory.resolve("closed");
        try (Master<String, String> master = Master.of(Workers.Closing.class).start()) {
            master.addWorker(mark.toString());
            assertThat(master.ask("x").toCompletableFuture().join()).isEqualTo("x");
        }
        assertThat(mark).hasContent("closed");
        try (Master<String, Object> master = Master.of(Workers.Faulty.class).start()) {
            ready(master.addWorker());
            Path started = directory.resolve("started");
            Results<Object> results = master.run("mark-and-sleep " + started);
            await().until(() -> Files.exists(started));
            master.close();
            assertThat(results.stream().map(TaskResult::isSuccess)).containsExactly(true);
        }
    }

    @Test
    void aThousandTasksOverThreeWorkersHaveOneResultEach() {
        try (Master<Integer, Long> master = Master.of(Workers.Pid.class).start()) {
            List<WorkerHandle> workers = List.of(master.addWorker(), master.addWorker(), master.addWorker());
            Set<Long> ids = new HashSet<>();
            Set<Long> pids = new HashSet<>();
            for (TaskResult<Long> result : master.runAll(Collections.nCopies(1000, 1))) {
                assertThat(ids.add(result.taskId())).isTrue();
                pids.add(result.value());
            }
            assertThat(ids).hasSize(1000).allMatch(id -> id >= 1 && id <= 1000);
            assertThat(pids)
                    .isSubsetOf(workers.stream().map(WorkerHandle::pid).collect(Collectors.toSet()))
                    .doesNotContain(ProcessHandle.current().pid());
        }
    }

    @Test
    void argumentsAndResultsAreOfAnyTypeThatJacksonHandles() {
        try (Master<List<Map<String, Workers.Shape>>, Map<String, List<Workers.Shape>>> master =
                Master.of(Workers.Shapes.class).start()) {
            master.addWorker();
            Workers.Shape circle = new Workers.Circle(2);
            Workers.Shape square = new Workers.Square(3, java.util.Optional.of("label"));
            assertThat(master.ask(List.of(Map.of("a", circle), Map.of("b", square)))
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(Map.of("all", List.of(circle, square)));
        }
    }

    private static <R> Map<Long, R> byId(Results<R> results) {
        Map<Long, R> byId = new HashMap<>();
        for (TaskResult<R> result : results) {
            assertThat(byId.put(result.taskId(), result.value())).isNull();
        }
        return byId;
    }
}
