package dev.pipelinebox.internal.link.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.api.JavaInstallation;
import dev.pipelinebox.api.WorkerExit;
import dev.pipelinebox.internal.hosts.HostFacts;
import dev.pipelinebox.internal.launch.blob.transfer.BlobAcknowledged;
import dev.pipelinebox.internal.launch.blob.transfer.BlobPiece;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsComplete;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsLacking;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsRefused;
import dev.pipelinebox.internal.launch.blob.transfer.BlobsUnreadable;
import dev.pipelinebox.internal.launch.code.manifest.CodeBlob;
import dev.pipelinebox.internal.launch.code.manifest.CodeManifest;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostSerializerTest {

    private static final String DIGEST = "a".repeat(64);
    private static final MasterToHost.ProcessOptions OPTIONS = new MasterToHost.ProcessOptions(
            List.of("-Xss4m"), 1 << 20, 2, Map.of("NAME", "value"), "/directory", "/java");

    private static ActorSystem<Void> system;
    private static HostSerializer serializer;

    @BeforeAll
    static void start() {
        system = ActorSystem.create(
                Behaviors.empty(),
                "serializer",
                ConfigFactory.parseString("akka.actor.provider = local").withFallback(ConfigFactory.load()));
        serializer = new HostSerializer((ExtendedActorSystem) Adapter.toClassic(system));
    }

    @AfterAll
    static void stop() {
        system.terminate();
    }

    static Stream<HostFrame> frames() {
        Stream<HostFrame> toMaster = Stream.of(
                        new HostToMaster.Launched(1, 7),
                        new HostToMaster.NotLaunched(1, "why"),
                        new HostToMaster.Ended(1),
                        new HostToMaster.Exited(
                                1,
                                new WorkerExit(7, 137, WorkerExit.Cause.KILLED_FROM_OUTSIDE, "a", "b", "c", "d", "e")),
                        new HostToMaster.Printed(true, new byte[] {1, 2}),
                        new HostToMaster.FromBlobs(new BlobsLacking(List.of(new BlobsLacking.Blob(DIGEST, 3)))),
                        new HostToMaster.FromBlobs(new BlobAcknowledged(DIGEST, 4)),
                        new HostToMaster.FromBlobs(new BlobsComplete()),
                        new HostToMaster.FromBlobs(new BlobsRefused("full")),
                        new HostToMaster.CodeReady(),
                        new HostToMaster.Unsuitable("why"),
                        new HostToMaster.Goodbye(),
                        new HostToMaster.Leaving("why"))
                .map(body -> new HostFrame.ToMaster(5, 6, body));
        Stream<HostFrame> toHost = Stream.of(
                        new MasterToHost.Welcome("address", 10_000, OPTIONS),
                        new MasterToHost.Refused("why"),
                        new MasterToHost.Code(
                                new CodeManifest(List.of(new CodeBlob(DIGEST, 9, "a.jar")), List.of(), 17),
                                List.of("-Xint")),
                        new MasterToHost.ToBlobs(new BlobPiece(DIGEST, 1, new byte[] {3})),
                        new MasterToHost.ToBlobs(new BlobsUnreadable("why")),
                        new MasterToHost.Launch(1, new byte[] {4}, OPTIONS),
                        new MasterToHost.Assign(1, 2),
                        new MasterToHost.Kill(1, "why"),
                        new MasterToHost.Leave("why"))
                .map(body -> new HostFrame.ToHost(5, 6, body));
        HostFacts facts = new HostFacts(
                "b",
                "10.0.0.5:7410",
                2,
                1 << 30,
                "Linux",
                "amd64",
                List.of(new JavaInstallation("/java", 17, "vendor")),
                Map.of("zone", "x"),
                Map.of("gpu", 1.0),
                new HostFacts.Protocol(1, 2));
        Stream<HostFrame> others = Stream.of(
                new HostFrame.Contact("address", new Hello(11, "serial", facts)),
                new HostFrame.LeaseRequest(3, 2, 1_000),
                new HostFrame.LeaseGrant(3),
                new HostFrame.ToMaster(0, 6, null),
                new HostFrame.ToHost(0, 6, null));
        return Stream.of(toMaster, toHost, others).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void whatIsWrittenIsReadAgain(HostFrame frame) throws NotSerializableException {
        HostFrame read = serializer.fromBinary(serializer.toBinary(frame), serializer.manifest(frame));

        assertThat(read).isInstanceOf(frame.getClass());
        assertThat(read).usingRecursiveComparison().isEqualTo(frame);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "c"))
                .isInstanceOf(NotSerializableException.class);
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "java.lang.Object"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("No message of this library");
    }
}
