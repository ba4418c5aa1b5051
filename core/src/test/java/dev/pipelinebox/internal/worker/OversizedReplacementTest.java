package dev.pipelinebox.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.internal.codec.FailureReport;
import dev.pipelinebox.internal.codec.ReportCodec;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Demand;
import java.util.List;
import org.junit.jupiter.api.Test;

class OversizedReplacementTest {

    @Test
    void outcomesThatAreTooLargeTogetherAreFailuresThatSaySo() {
        WorkerToMaster tooLarge = new WorkerToMaster.Done(
                List.of(OutcomeEnvelope.of(1, 1, true, null), OutcomeEnvelope.of(2, 3, true, null)), new Demand(7, 8));

        WorkerToMaster.Done instead = (WorkerToMaster.Done) OversizedReplacement.of(tooLarge, "too large");

        assertThat(instead.demand()).isEqualTo(new Demand(7, 8));
        assertThat(instead.outcomes()).extracting(OutcomeEnvelope::firstId).containsExactly(1L, 2L);
        assertThat(instead.outcomes()).allSatisfy(OversizedReplacementTest::saysSo);
    }

    @Test
    void aPieceOfAResultIsTheFailureOfItsTask() {
        WorkerToMaster instead =
                OversizedReplacement.of(new WorkerToMaster.ResultPart(4, 2, 20, new byte[10]), "too large");

        assertThat(((WorkerToMaster.Done) instead).outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.firstId()).isEqualTo(4);
            assertThat(outcome.attempt()).isEqualTo(2);
            saysSo(outcome);
        });
    }

    private static void saysSo(OutcomeEnvelope outcome) {
        FailureReport report = ReportCodec.read(outcome.payload());
        assertThat(outcome.success()).isFalse();
        assertThat(report.kind()).isEqualTo(FailureReport.Kind.RESULT);
        assertThat(report.summary()).contains("too large");
    }
}
