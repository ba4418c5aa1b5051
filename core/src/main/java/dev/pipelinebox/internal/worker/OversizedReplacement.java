package dev.pipelinebox.internal.worker;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.FailureReport.Kind;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Demand;
import java.util.List;

/** What is sent in the place of a message that is too large: it is short, and each task in it has failed. */
final class OversizedReplacement {

    /** Until the next outcomes bring the measured demand. */
    private static final Demand ONE_BY_ONE = new Demand(1, 1);

    private OversizedReplacement() {}

    static WorkerToMaster of(WorkerToMaster tooLarge, String explanation) {
        if (tooLarge instanceof WorkerToMaster.Done done) {
            return new WorkerToMaster.Done(
                    done.outcomes().stream()
                            .flatMap(outcome ->
                                    outcome.ids().map(taskId -> failure(taskId, outcome.attempt(), explanation)))
                            .toList(),
                    done.demand());
        }
        if (tooLarge instanceof WorkerToMaster.ResultPart part) {
            return new WorkerToMaster.Done(List.of(failure(part.taskId(), part.attempt(), explanation)), ONE_BY_ONE);
        }
        if (tooLarge instanceof WorkerToMaster.InitFailed) {
            return new WorkerToMaster.InitFailed(report(Kind.CONSTRUCTION, explanation));
        }
        return tooLarge instanceof WorkerToMaster.ThreadDump
                ? new WorkerToMaster.ThreadDump(explanation)
                : new WorkerToMaster.GivenBack(List.of());
    }

    private static OutcomeEnvelope failure(long taskId, int attempt, String explanation) {
        return OutcomeEnvelope.failure(taskId, attempt, report(Kind.RESULT, explanation));
    }

    /** Without a stack, which says nothing here. */
    private static byte[] report(Kind kind, String explanation) {
        PayloadException error = new PayloadException(explanation);
        error.setStackTrace(new StackTraceElement[0]);
        return ReportCodec.write(FailureReport.of(kind, error));
    }
}
