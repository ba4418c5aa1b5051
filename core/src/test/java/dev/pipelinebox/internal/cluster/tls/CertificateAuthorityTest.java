package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private final TestCluster cluster = new TestCluster();

    @Test
    void thePathFromTheAuthorityToEachCertificateIsValid() {
        for (Credentials credentials : List.of(cluster.master, cluster.host)) {
            assertThatCode(() -> validate(credentials.certificate(), cluster.authority.certificate()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theCertificateOfAnotherAuthorityIsNotValid() {
        assertThatThrownBy(() -> validate(cluster.host.certificate(), new TestCluster().authority.certificate()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    /** A second implementation of the standard. */
    @Test
    void opensslFindsNoFaultEvenIfItIsStrict(@TempDir Path directory) throws Exception {
        assumeTrue(hasOpenssl(), "openssl is not installed, so its strict check is left out");
        Path root = Files.writeString(directory.resolve("root.pem"), Pem.of(cluster.authority.certificate()));
        Path master = Files.writeString(directory.resolve("master.pem"), Pem.of(cluster.master.certificate()));
        Path host = Files.writeString(directory.resolve("host.pem"), Pem.of(cluster.host.certificate()));

        for (String purpose : List.of("sslserver", "sslclient")) {
            Process openssl = new ProcessBuilder(
                            "openssl",
                            "verify",
                            "-x509_strict",
                            "-check_ss_sig",
                            "-purpose",
                            purpose,
                            "-CAfile",
                            root.toString(),
                            master.toString(),
                            host.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(openssl.getInputStream().readAllBytes());
            assertThat(openssl.waitFor()).as(output).isZero();
            assertThat(output.lines()).hasSize(2).allMatch(line -> line.endsWith(": OK"));
        }
    }

    @Test
    void anAuthoritySignsCertificatesAndNothingElse() {
        X509Certificate certificate = cluster.authority.certificate();

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, false, false, false);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getNonCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.14", "2.5.29.35");
    }

    @Test
    void aMemberSignsHandshakesAtBothEndsOfAConnectionAndNoCertificates() throws Exception {
        X509Certificate certificate = cluster.host.certificate();

        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getKeyUsage())
                .containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "pipelinebox://" + cluster.authority.run() + "/host/a"));
        assertThat(Identity.of(certificate)).contains(cluster.host.identity());
        assertThat(Identity.of(cluster.master.certificate())).contains(Identity.ofMaster(cluster.authority.run()));
    }

    @Test
    void aCertificateIsValidFromAnHourAgoUntilItsEnd() {
        X509Certificate certificate = cluster.host.certificate();

        assertThat(certificate.getNotBefore().toInstant())
                .isBetween(TestCluster.NOW.minus(Duration.ofSeconds(3601)), TestCluster.NOW.minus(Duration.ofHours(1)));
        assertThat(cluster.host.expiry())
                .isBetween(
                        TestCluster.NOW.plus(Duration.ofDays(1)).minusSeconds(1),
                        TestCluster.NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void aCertificateMayExpireAfterTheYear2049() {
        Instant end = Instant.parse("2055-03-01T10:20:30Z");

        assertThat(cluster.authority
                        .issue(cluster.host.identity(), TestCluster.NOW, end)
                        .expiry())
                .isEqualTo(end);
    }

    @Test
    void serialNumbersAreRandomAndPositive() {
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Credentials credentials = cluster.host("a", TestCluster.NOW);
            assertThat(credentials.certificate().getSerialNumber().signum()).isPositive();
            assertThat(credentials.serial()).matches("[0-9a-f]{32}");
            serials.add(credentials.serial());
        }

        assertThat(serials).hasSize(20);
    }

    @Test
    void clustersHaveDifferentIds() {
        assertThat(cluster.authority.run()).matches("[0-9a-f]{32}").isNotEqualTo(new TestCluster().authority.run());
    }

    @Test
    void aNameThatCouldBreakTheUriIsRefused() {
        for (String name : List.of("", "a/b", "a b", "ä", "-a", "a".repeat(51), "a\nb")) {
            assertThatThrownBy(() -> cluster.host(name, TestCluster.NOW))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 50 letters");
        }
    }

    private static void validate(X509Certificate certificate, X509Certificate root) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }

    private static boolean hasOpenssl() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
