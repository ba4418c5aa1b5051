package dev.pipelinebox.internal.link.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipelinebox.internal.task.Demand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

    private final MessageCodec codec = new MessageCodec();

    static List<MasterToWorker> messagesToAWorker() {
        byte[] bytes = {0, -1, 7};
        return List.of(
                new MasterToWorker.Tasks(List.of(TaskEnvelope.of(7, 2, bytes), TaskEnvelope.of(8, 1, null))),
                new MasterToWorker.ArgumentPart(7, 100, bytes),
                new MasterToWorker.Revoke(List.of(1L, 2L)),
                new MasterToWorker.Cancel(List.of(3L)),
                new MasterToWorker.JoinCluster("akka://pipelinebox@127.0.0.1:2552"),
                new MasterToWorker.TakeSlot(3),
                new MasterToWorker.DumpThreads(),
                new MasterToWorker.Ping(),
                new MasterToWorker.Stop(true));
    }

    static List<WorkerToMaster> messagesToTheMaster() {
        byte[] bytes = {0, -1, 7};
        Demand demand = new Demand(5, 1L << 33);
        return List.of(
                new WorkerToMaster.Connected("token", "akka://worker"),
                new WorkerToMaster.Ready(demand),
                new WorkerToMaster.InitFailed(bytes),
                new WorkerToMaster.Done(List.of(OutcomeEnvelope.of(7, 2, true, null)), demand),
                new WorkerToMaster.ResultPart(7, 2, 100, bytes),
                new WorkerToMaster.GivenBack(List.of(1L, 2L)),
                new WorkerToMaster.Progressed(7, 2, 0.5, "half"),
                new WorkerToMaster.RecyclingDue("it is old"),
                new WorkerToMaster.Pong(),
                new WorkerToMaster.ThreadDump("main"),
                new WorkerToMaster.Stopped());
    }

    @ParameterizedTest
    @MethodSource("messagesToAWorker")
    void carriesEveryMessageToAWorker(MasterToWorker message) throws IOException {
        ByteBuffer written = written(message);

        assertThat(codec.readMasterToWorker(written)).usingRecursiveComparison().isEqualTo(message);
        assertThat(written.remaining()).isZero();
    }

    @ParameterizedTest
    @MethodSource("messagesToTheMaster")
    void carriesEveryMessageToTheMaster(WorkerToMaster message) throws IOException {
        ByteBuffer written = written(message);

        assertThat(codec.readWorkerToMaster(written)).usingRecursiveComparison().isEqualTo(message);
        assertThat(written.remaining()).isZero();
    }

    @Test
    void everyKindOfMessageIsTried() {
        assertThat(messagesToAWorker().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(MasterToWorker.class.getPermittedSubclasses());
        assertThat(messagesToTheMaster().stream().map(Object::getClass))
                .containsExactlyInAnyOrder(WorkerToMaster.class.getPermittedSubclasses());
    }

    @Test
    void writesNoNamesOfClassesOrFields() {
        String ready = text(written(new WorkerToMaster.Ready(new Demand(5, 6))));
        String stop = text(written(new MasterToWorker.Stop(false)));

        assertThat(ready).hasSizeLessThan(12).doesNotContain("Ready", "tasks", "bytes");
        assertThat(stop).hasSizeLessThan(12).doesNotContain("Stop", "interrupt");
    }

    @Test
    void refusesAFormThatItDoesNotKnow() {
        assertThatThrownBy(() -> codec.readMasterToWorker(ByteBuffer.wrap(new byte[] {'x'})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no form");
    }

    @Test
    void theTokenIsNotInWhatLogsShow() {
        assertThat(new WorkerToMaster.Connected("secret", "akka://worker").toString())
                .contains("akka://worker")
                .doesNotContain("secret");
    }

    private ByteBuffer written(MasterToWorker message) {
        ByteBuffer buffer = ByteBuffer.allocate(codec.size(message));
        codec.write(message, buffer);
        return buffer.flip();
    }

    private ByteBuffer written(WorkerToMaster message) {
        ByteBuffer buffer = ByteBuffer.allocate(codec.size(message));
        codec.write(message, buffer);
        return buffer.flip();
    }

    private static String text(ByteBuffer written) {
        return new String(written.array(), 0, written.limit(), ISO_8859_1);
    }
}
