package dev.pipelinebox.internal.cluster.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether a certificate is valid now, and why not: it has expired, or one of two clocks is wrong. */
final class Validity {

    private Validity() {}

    /** What is wrong, if something is. */
    static Optional<String> problem(X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String clock = ", and the clock of this machine says " + now.truncatedTo(ChronoUnit.SECONDS);
        if (now.isAfter(end)) {
            return Optional.of("expired on " + end + clock);
        }
        return now.isBefore(begin) ? Optional.of("is valid from " + begin + " only" + clock) : Optional.empty();
    }
}
