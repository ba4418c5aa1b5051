package dev.pipelinebox.internal.link.artery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.internal.link.message.MasterToWorker;
import dev.pipelinebox.internal.link.message.OutcomeEnvelope;
import dev.pipelinebox.internal.link.message.TaskEnvelope;
import dev.pipelinebox.internal.link.message.WorkerToMaster;
import dev.pipelinebox.internal.task.Demand;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WireSerializerTest {

    /** As unfriendly as an application's may be. */
    private static final String OF_THE_APPLICATION = """
            akka {
              actor.allow-java-serialization = on
              actor.warn-about-java-serializer-usage = off
              java-flight-recorder.enabled = off
              jvm-exit-on-fatal-error = off
              serialization.jackson {
                jackson-modules = []
                type-in-manifest = off
                visibility.FIELD = NONE
                deserialization-features.FAIL_ON_UNKNOWN_PROPERTIES = on
                jackson-cbor.compression { algorithm = gzip, compress-larger-than = 0 KiB }
              }
            }
            """;

    private static ActorTestKit kit;
    private static Serialization serialization;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create(
                "wire", ConfigFactory.parseString(OF_THE_APPLICATION).withFallback(ConfigFactory.defaultReference()));
        serialization = SerializationExtension.get(kit.system());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void isBoundToTheWireByTheReferenceConfiguration() throws NotSerializableException {
        assertThat(serialization.serializerFor(MasterFrame.class)).isInstanceOf(WireSerializer.class);
        assertThat(serialization.serializerFor(WorkerFrame.class)).isInstanceOf(WireSerializer.class);
        assertThat(serialization.serializerFor(WorkerFrame.class).identifier()).isGreaterThan(40);
    }

    @Test
    void carriesTasksAndOutcomesAsTheyAre() {
        byte[] payload = {0, -1, 7};
        MasterFrame tasks = new MasterFrame(3, 2, new MasterToWorker.Tasks(List.of(TaskEnvelope.of(7, 2, payload))));
        WorkerFrame done = new WorkerFrame(
                4, 3, new WorkerToMaster.Done(List.of(OutcomeEnvelope.of(7, 2, true, null)), new Demand(5, 1L << 33)));

        assertThat(carried(tasks)).usingRecursiveComparison().isEqualTo(tasks);
        assertThat(carried(done)).usingRecursiveComparison().isEqualTo(done);
        assertThat(carried(new MasterFrame(0, 9, null))).isEqualTo(new MasterFrame(0, 9, null));
    }

    @Test
    void putsNoNameOfAClassOnTheWire() {
        MasterFrame stop = new MasterFrame(1, 0, new MasterToWorker.Stop(false));

        String written = new String(serialization.serialize(stop).get(), StandardCharsets.ISO_8859_1);

        assertThat(written).doesNotContain("pipelinebox", "Stop");
    }

    @Test
    void refusesWhatIsNotOfTheWire() {
        int identifier = WireSerializer.IDENTIFIER;

        assertThatThrownBy(() -> serialization
                        .deserialize(new byte[] {1}, identifier, "java.lang.String")
                        .get())
                .isInstanceOf(NotSerializableException.class);
        for (String manifest : List.of("m", "w")) {
            for (byte[] broken : List.of(
                    new byte[] {1}, new byte[] {1, 0}, new byte[] {1, 0, 'b'}, new byte[] {1, 0, 'c'}, new byte[] {
                        1, 0, 9
                    })) {
                assertThatThrownBy(() -> serialization
                                .deserialize(broken, identifier, manifest)
                                .get())
                        .as("%s %s", manifest, Arrays.toString(broken))
                        .isInstanceOf(NotSerializableException.class)
                        .hasMessageContaining("broken");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <M extends WireMessage> M carried(M message) {
        byte[] bytes = serialization.serialize(message).get();
        String manifest = ((SerializerWithStringManifest) serialization.findSerializerFor(message)).manifest(message);
        return (M) serialization
                .deserialize(bytes, WireSerializer.IDENTIFIER, manifest)
                .get();
    }
}
