package dev.pipelinebox.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipelinebox.protocol.Demand;
import dev.pipelinebox.protocol.FailureReport;
import dev.pipelinebox.protocol.OutcomeEnvelope;
import dev.pipelinebox.protocol.PayloadCodec;
import dev.pipelinebox.protocol.WorkerToMaster;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubstituteTest {

    @Test
    void outcomesThatAreTooLargeTogetherAreFailuresThatSaySo() {
        WorkerToMaster tooLarge = new WorkerToMaster.Done(
                List.of(new OutcomeEnvelope(1, 1, true, null), new OutcomeEnvelope(2, 3, true, null)),
                new Demand(7, 8));

        WorkerToMaster.Done instead = (WorkerToMaster.Done) Substitute.of(tooLarge, "too large");

        assertThat(instead.demand()).isEqualTo(new Demand(7, 8));
        assertThat(instead.outcomes()).extracting(OutcomeEnvelope::taskId).containsExactly(1L, 2L);
        assertThat(instead.outcomes()).allSatisfy(SubstituteTest::saysSo);
    }

    @Test
    void aPieceOfAResultIsTheFailureOfItsTask() {
        WorkerToMaster instead = Substitute.of(new WorkerToMaster.ResultPart(4, 2, 20, new byte[10]), "too large");

        assertThat(((WorkerToMaster.Done) instead).outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.taskId()).isEqualTo(4);
            assertThat(outcome.attempt()).isEqualTo(2);
            saysSo(outcome);
        });
    }

    private static void saysSo(OutcomeEnvelope outcome) {
        FailureReport report = PayloadCodec.readReport(outcome.payload());
        assertThat(outcome.success()).isFalse();
        assertThat(report.kind()).isEqualTo(FailureReport.Kind.RESULT);
        assertThat(report.summary()).contains("too large");
    }
}
