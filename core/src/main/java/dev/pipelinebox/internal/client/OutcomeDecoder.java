package dev.pipelinebox.internal.client;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.TaskCancelledException;
import dev.pipelinebox.api.TaskFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.PayloadCodec;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.task.Outcome;
import dev.pipelinebox.internal.task.OutcomeBatch;
import org.jspecify.annotations.Nullable;

/** Encodes a caller's arguments, and decodes outcomes to results. */
public record OutcomeDecoder(PayloadCodec arguments, PayloadCodec results) {

    public byte @Nullable [] encode(@Nullable Object argument) {
        return arguments.writeArgument(argument);
    }

    /** Decodes the outcome of one task in a batch. */
    public <R> TaskResult<R> decode(long taskId, OutcomeBatch batch) {
        return decode(taskId, batch.outcome(), (int) (taskId - batch.firstId()));
    }

    public <R> TaskResult<R> decode(long taskId, Outcome outcome) {
        return decode(taskId, outcome, 0);
    }

    /** {@code null} is a value of {@code R} if the user's type allows it. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private <R> TaskResult<R> decode(long taskId, Outcome outcome, int index) {
        if (outcome instanceof Outcome.Returned returned) {
            try {
                return new TaskResult.Success<>(taskId, (R) results.readResult(returned.results(), index));
            } catch (PayloadException undecodable) {
                return new TaskResult.Failure<>(taskId, undecodable);
            }
        }
        if (outcome instanceof Outcome.Threw threw) {
            return new TaskResult.Failure<>(taskId, error(threw));
        }
        return new TaskResult.Failure<>(taskId, ((Outcome.Refused) outcome).error());
    }

    private static PipelineBoxException error(Outcome.Threw threw) {
        FailureReport report = ReportCodec.read(threw.report());
        return switch (report.kind()) {
            case ARGUMENT, RESULT ->
                new PayloadException(
                        "Task " + threw.shown() + " on worker " + threw.workerIndex() + ": " + withoutOwnName(report),
                        report.toThrowable());
            case DROPPED ->
                new TaskCancelledException("Task " + threw.shown() + " was cancelled before it was started");
            case TASK, CONSTRUCTION ->
                new TaskFailedException(
                        "Task " + threw.shown() + " failed on worker " + threw.workerIndex() + ": " + report.summary(),
                        report.toThrowable());
        };
    }

    /** The message of an error of the same class, without the name of that class. */
    private static String withoutOwnName(FailureReport report) {
        String own = PayloadException.class.getName() + ": ";
        String summary = report.summary();
        return summary.startsWith(own) ? summary.substring(own.length()) : summary;
    }
}
