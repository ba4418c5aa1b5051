package dev.pipelinebox.it;

import static dev.pipelinebox.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where tasks travel over the Unix domain socket, and the ports are the cluster's only. */
class StrangerIT extends Strangers {

    @Override
    Config link() {
        return ConfigFactory.empty();
    }

    @Test
    void nodesWithCertificatesAreNoMembersAndReachNoActor(@TempDir Path folder) throws Exception {
        Path selfSigned = folder.resolve("self-signed.p12");
        Path expired = folder.resolve("expired.p12");
        certify(selfSigned, List.of());
        certify(expired, List.of("-startdate", "-3d", "-validity", "1"));

        runTasksBeside("node-with-certificate " + selfSigned, "node-with-certificate " + expired);
    }

    /** The attacks of a node are real: an unprotected system falls to them. */
    @Test
    void anActorSystemWithoutKeysIsNotSafeFromTheSameProgram() throws Exception {
        try (UnprotectedSystem system = UnprotectedSystem.start();
                Attack attack = Attack.start(List.of("node-without-key", Integer.toString(system.port())))) {
            assertThat(system.ended()).succeedsWithin(PATIENCE);
            assertThat(attack.isOn()).isTrue();
        }
    }

    private static void certify(Path keyStore, List<String> life) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "pipelinebox",
                "-keyalg",
                "EC",
                "-dname",
                "CN=pipelinebox",
                "-storepass",
                "changeit",
                "-keystore",
                keyStore.toString()));
        command.addAll(life);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }
}
