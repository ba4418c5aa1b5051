package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.internal.os.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvitationTest {

    private final TestCluster cluster = new TestCluster();
    private final String text =
            Invitation.of(cluster.host, Optional.of("10.0.0.5:7410")).text();

    @TempDir
    private Path directory;

    @Test
    void itIsReadAsItWasWritten() {
        Invitation read = Invitation.parse(text, "standard input");

        assertThat(read.master()).contains("10.0.0.5:7410");
        assertThat(read.credentials().identity()).isEqualTo(cluster.host.identity());
        assertThat(read.credentials().serial()).isEqualTo(cluster.host.serial());
        assertThat(read.credentials().key()).isEqualTo(cluster.host.key());
        assertThat(read.text()).isEqualTo(text);
    }

    @Test
    void itCanBeReadByPeople() {
        assertThat(text.lines())
                .startsWith("PipelineBox invitation, version 1")
                .contains(
                        "run: " + cluster.authority.run(),
                        "role: host",
                        "name: a",
                        "serial: " + cluster.host.serial(),
                        "expires: " + cluster.host.expiry(),
                        "master: 10.0.0.5:7410");
    }

    @Test
    void itMayHaveTheLineEndsOfWindowsAndNoAddress() {
        String other = Invitation.of(cluster.host, Optional.empty()).text().replace("\n", "\r\n");

        assertThat(Invitation.parse(other, "f").master()).isEmpty();
    }

    @Test
    void anotherFileIsRefused() {
        for (String other : List.of("", "-----BEGIN CERTIFICATE-----", "PipelineBox invitation, version x", "\0\1\2")) {
            refused(other, "f is no invitation", "\"PipelineBox invitation, version 1\"", "\"keys invite\"");
        }
    }

    @Test
    void anotherVersionIsRefused() {
        refused(text.replaceFirst("version 1", "version 2"), "f has the version 2", "reads version 1");
    }

    @Test
    void oneThatIsCutOffIsRefusedWhereverThatIs() {
        for (int length = text.indexOf('\n'); length < text.lastIndexOf("-----END"); length += 37) {
            refused(text.substring(0, length), "f is damaged", "\"keys invite\"");
        }
    }

    @Test
    void oneThatWasChangedIsRefused() {
        TestCluster other = new TestCluster();
        Instant later = cluster.host.expiry().plus(Duration.ofDays(1));
        refused(text.replace("expires: " + cluster.host.expiry(), "expires: " + later), "\"expires\"");
        refused(text.replace("name: a", "name: b"), "\"name\"");
        refused(text.replace(cluster.authority.run(), other.authority.run()), "\"run\"");
        refused(text.replace("master: 10.0.0.5", "master: 10 0 0 5"), "f is damaged", "master's address");
        refused(text.replace(pem(cluster.authority.certificate()), pem(other.authority.certificate())), "f is damaged");
        refused(text.replace(pem(cluster.host.certificate()), pem(other.host.certificate())), "f is damaged");
        refused(text.replace(Pem.of(cluster.host.key()), Pem.of(other.host.key())), "the key is not that");
        refused(text.replace(Pem.of(cluster.host.key()), ""), "0 keys instead of one");
        refused(text + pem(other.host.certificate()), "3 certificates instead of two");
        refused(Invitation.of(cluster.master, Optional.empty()).text(), "not that of a host");
    }

    @Test
    void oneByteThatIsWrongIsFoundUnlessItMeansNothing() {
        int begin = text.indexOf("PRIVATE KEY");
        for (int i = text.indexOf("-----BEGIN"); i < begin; i += 41) {
            char wrong = text.charAt(i) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, i) + wrong + text.substring(i + 1);
            try {
                assertThat(Invitation.parse(changed, "f").text()).isEqualTo(text);
            } catch (InvalidKeysException refused) {
                assertThat(refused).hasMessageStartingWith("f is damaged");
            }
        }
    }

    @Test
    void oneThatHasExpiredSaysSinceWhenAndWhatTheClockIs() {
        Instant expiry = cluster.host.expiry();
        Instant later = expiry.plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

        assertThatThrownBy(() -> Invitation.parse(text, "f", later))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessage("f expired on " + expiry + ", and the clock of this machine says " + later
                        + "; make another with \"keys invite\" on the master's machine, or set the clock");
        assertThatThrownBy(() -> Invitation.parse(text, "f", TestCluster.NOW.minus(Duration.ofHours(2))))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageContaining("is valid from")
                .hasMessageContaining("set the clock");
    }

    @Test
    void aFileThatIsNotThereOrCanBeReadByOthersIsRefused() throws Exception {
        Path file = directory.resolve("invitation.pbx");
        assertThatThrownBy(() -> Invitation.read(file))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageContainingAll(file + " is not there", "\"keys create\"");
        assertThatThrownBy(() -> Invitation.read(directory))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageContaining(directory.toString());

        Invitation.parse(text, "f").write(file);
        assertThat(Invitation.read(file).text()).isEqualTo(text);

        assumeTrue(Capability.FILE_PERMISSIONS.isThere(), "this system has no permissions of files");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Invitation.read(file))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageContaining("use chmod 600 " + file);
    }

    private static String pem(X509Certificate certificate) {
        try {
            return Pem.of(certificate);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void refused(String text, String... parts) {
        assertThatThrownBy(() -> Invitation.parse(text, "f"))
                .isInstanceOf(InvalidKeysException.class)
                .hasMessageStartingWith("f ")
                .hasMessageContainingAll(parts);
    }
}
