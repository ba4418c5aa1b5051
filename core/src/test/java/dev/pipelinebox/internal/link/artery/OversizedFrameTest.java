package dev.pipelinebox.internal.link.artery;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Behaviors;
import dev.pipelinebox.internal.bootstrap.ClusterSpec;
import dev.pipelinebox.internal.cluster.ActorSystemSettings;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Artery says, between two actor systems, of which the frames of one are smaller than start() allows. */
class OversizedFrameTest {

    private final ActorTestKit near = ActorTestKit.create(
            ClusterSpec.SYSTEM_NAME,
            ActorSystemSettings.master(
                    Map.of("remote.artery.transport", "tcp", "remote.artery.advanced.maximum-frame-size", "64 KiB")));
    private final ActorTestKit far = ActorTestKit.create(
            ClusterSpec.SYSTEM_NAME, ActorSystemSettings.master(Map.of("remote.artery.transport", "tcp")));

    @AfterEach
    void stop() {
        near.shutdownTestKit();
        far.shutdownTestKit();
    }

    @Test
    void aMessageThatIsTooLargeIsReportedAndThoseAroundItArrive() {
        TestProbe<OversizedFrame> reported = near.createTestProbe();
        near.spawn(Behaviors.<OversizedFrame>setup(context -> {
            OversizedFrame.subscribe(context, frame -> frame);
            return Behaviors.receiveMessage(frame -> {
                reported.ref().tell(frame);
                return Behaviors.same();
            });
        }));
        TestProbe<MasterFrame> receiver = far.createTestProbe();
        ActorRef<MasterFrame> remote = ActorRefResolver.get(near.system())
                .resolveActorRef(ActorRefResolver.get(far.system()).toSerializationFormat(receiver.ref()));
        MasterFrame tooLarge = frame(2, 100_000);

        remote.tell(frame(1, 10));
        assertThat(receiver.receiveMessage(PATIENCE).seq()).isEqualTo(1);
        remote.tell(tooLarge);
        remote.tell(frame(3, 10));

        OversizedFrame frame = reported.receiveMessage(PATIENCE);
        assertThat(frame.message()).isSameAs(tooLarge);
        assertThat(frame.recipient()).isEqualTo(remote.path().toString());
        assertThat(frame.isForItsSize()).isTrue();
        assertThat(frame.explanation()).contains("maximum-frame-size", "192 KiB");
        assertThat(receiver.receiveMessage(PATIENCE).seq()).isEqualTo(3);
    }

    private static MasterFrame frame(long seq, int bytes) {
        return new MasterFrame(seq, 0, new MasterToWorker.Tasks(List.of(TaskEnvelope.of(seq, 1, new byte[bytes]))));
    }
}
