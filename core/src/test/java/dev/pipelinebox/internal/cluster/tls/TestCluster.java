package dev.pipelinebox.internal.cluster.tls;

import java.time.Duration;
import java.time.Instant;

/** The keys of a cluster, in memory. */
final class TestCluster {

    static final Instant NOW = Instant.now();

    final CertificateAuthority authority = CertificateAuthority.create(NOW);
    final Credentials master = issue(Identity.ofMaster(authority.run()), NOW);
    final Credentials host = host("a", NOW);

    Credentials host(String name, Instant made) {
        return issue(Identity.ofHost(authority.run(), name), made);
    }

    private Credentials issue(Identity identity, Instant made) {
        return authority.issue(identity, made, made.plus(Duration.ofDays(1)));
    }
}
