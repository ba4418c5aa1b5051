package dev.pipelinebox.internal.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pipelinebox.api.TaskContext;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Payloads;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The task that runs, as user code and the actor see it. Thread-safe. */
final class RunningTask extends TaskContext {

    private static final int LONGEST_NOTE = 1000;

    private final long taskId;
    private final int attempt;
    private final int workerIndex;
    private final int index;
    /** Of the batch of the task; not kept after the argument was read. */
    private @Nullable Payloads arguments;

    private final AtomicReference<WorkerToMaster.@Nullable Progressed> unreported = new AtomicReference<>();
    private volatile boolean cancelled;

    /** The task with this index in a batch. */
    RunningTask(TaskEnvelope batch, int index, int workerIndex) {
        this.taskId = batch.firstId() + index;
        this.attempt = batch.attempt();
        this.arguments = batch.payloads();
        this.index = index;
        this.workerIndex = workerIndex;
    }

    /** To be called once, by the thread that runs the task. */
    @Nullable
    Object readArgument(PayloadCodec codec) {
        Payloads encoded = Objects.requireNonNull(arguments);
        arguments = null;
        return codec.readArgument(encoded, index);
    }

    @Override
    public long taskId() {
        return taskId;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public int workerIndex() {
        return workerIndex;
    }

    @Override
    public void progress(double fraction, String note) {
        double shown = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
        String text = note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE);
        // Half a surrogate pair, which no encoding can write, becomes a question mark.
        String writable = new String(text.getBytes(UTF_8), UTF_8);
        unreported.set(new WorkerToMaster.Progressed(taskId(), attempt(), shown, writable));
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }

    /** The last progress, unless it was taken before. */
    WorkerToMaster.@Nullable Progressed takeProgress() {
        return unreported.getAndSet(null);
    }

    /** From now on this thread runs this task. */
    void enter() {
        enter(this);
    }

    /** This thread runs no task. */
    static void leave() {
        enter(null);
    }
}
