package dev.pipelinebox.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final WorkerSettings SETTINGS = new WorkerSettings(
            new ProcessSettings(
                    Map.of("loglevel", "\"DEBUG\"", "cluster.roles", "[\"a\",\"b\"]"),
                    new ClusterSpec("shop", "pipelinebox-x", Map.of("cluster.app-version", "\"1.2\""), null),
                    "/tmp/pipelinebox-1-2"),
            new DemandLimits(10_000, 512, 1L << 33),
            64 << 20,
            RecycleLimits.NONE,
            FaultPlan.NONE);

    @Test
    void arrivesAsItWasSent() throws IOException {
        Bootstrap sent = bootstrap(new byte[] {0, -1, 2});

        Bootstrap read = Bootstrap.readFrom(new ByteArrayInputStream(written(sent)));

        assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    }

    @Test
    void namesTheDirectoryOfTheSocketIfThereIsOne() {
        WorkerSettings settings = WorkerSettings.of(ClusterSpec.createPrivate(), new DemandLimits(1, 1, 1), 1);

        assertThat(settings.process().directory()).isEmpty();
        assertThat(settings.connectingIn(Path.of("here")).process().directory()).contains(Path.of("here"));
    }

    @Test
    void arrivesWithoutParametersIfThereAreNone() throws IOException {
        Bootstrap read = Bootstrap.readFrom(new ByteArrayInputStream(written(bootstrap(null))));

        assertThat(read.parameters()).isNull();
    }

    @Test
    void arrivesWithParametersOfManyMegabytes() throws IOException {
        byte[] parameters = new byte[20 << 20];
        Arrays.fill(parameters, (byte) 7);

        Bootstrap read = Bootstrap.readFrom(new ByteArrayInputStream(written(bootstrap(parameters))));

        assertThat(Arrays.equals(read.parameters(), parameters)).isTrue();
    }

    @Test
    void takesNothingFromTheInputBehindIt() throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(written(bootstrap(null)));
        input.writeBytes("lifeline".getBytes(StandardCharsets.UTF_8));
        InputStream in = new ByteArrayInputStream(input.toByteArray());

        Bootstrap.readFrom(in);

        assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("lifeline");
    }

    @Test
    void saysThatWorkersAreStartedByAMasterIfTheInputIsSomethingElse() {
        byte[] typed = "Hello, worker!\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Bootstrap.readFrom(new ByteArrayInputStream(typed)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("workers are started by a Master only");
    }

    @Test
    void failsOnAnInputThatEndsEarly() throws IOException {
        byte[] whole = written(bootstrap(new byte[100]));

        for (int length : new int[] {0, 3, 4, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> Bootstrap.readFrom(new ByteArrayInputStream(whole, 0, length)))
                    .as("cut at %d", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void followsItsEarlyPartOnTheSameStream() throws IOException {
        Bootstrap bootstrap = bootstrap(new byte[] {1});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bootstrap.early().writeTo(out);
        bootstrap.writeTo(out);

        ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
        assertThat(EarlyBootstrap.readFrom(in)).isEqualTo(bootstrap.early());
        assertThat(Bootstrap.readFrom(in).token()).isEqualTo(new OneTimeToken("a token"));
    }

    @Test
    void namesTheRoleByWhichTheMasterFindsTheProcess() {
        assertThat(bootstrap(null).early().role()).isEqualTo("pipelinebox-x-12");
    }

    private static Bootstrap bootstrap(byte[] parameters) {
        return new Bootstrap(
                3,
                12,
                new OneTimeToken("a token"),
                "akka://pipelinebox@127.0.0.1:1/user/x#1",
                4711,
                "a.B$C",
                parameters,
                SETTINGS);
    }

    private static byte[] written(Bootstrap bootstrap) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bootstrap.writeTo(out);
        return out.toByteArray();
    }
}
