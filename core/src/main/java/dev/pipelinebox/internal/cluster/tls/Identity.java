package dev.pipelinebox.internal.cluster.tls;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of whom a certificate is. It is in the certificate as a URI: {@code pipelinebox://RUN/master} or {@code
 * pipelinebox://RUN/host/NAME}.
 *
 * @param run the id of the cluster: 32 hexadecimal digits
 * @param role what its owner may be
 * @param name of the invitation, which several hosts may use; that of the master is {@code master}
 */
public record Identity(String run, Role role, String name) {

    /** What a name of an invitation may be. */
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,49}";

    private static final String MASTER = "master";
    private static final Pattern NAMES = Pattern.compile(NAME);
    private static final Pattern URIS =
            Pattern.compile("pipelinebox://([0-9a-f]{32})/(?:" + MASTER + "|host/(" + NAME + "))");

    /** The kind of a name that is a URI (RFC 5280, 4.2.1.6). */
    static final int URI_KIND = 6;

    /** What a member of the cluster may be. */
    public enum Role {
        MASTER,
        HOST
    }

    static Identity ofMaster(String run) {
        return new Identity(run, Role.MASTER, MASTER);
    }

    /**
     * That of hosts.
     *
     * @throws IllegalArgumentException if the name has other characters
     */
    static Identity ofHost(String run, String name) {
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name \"" + name + "\" of an invitation must be 1 to 50 letters, digits,"
                            + " points, hyphens and underscores, of which the first is a letter or a digit");
        }
        return new Identity(run, Role.HOST, name);
    }

    /** Of whom a certificate says that it is. */
    static Optional<Identity> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null || names.size() != 1
                    ? Optional.empty()
                    : names.stream()
                            .filter(name -> name.get(0).equals(URI_KIND))
                            .map(name -> URIS.matcher((String) name.get(1)))
                            .filter(Matcher::matches)
                            .map(Identity::parsed)
                            .findFirst();
        } catch (CertificateParsingException strange) {
            return Optional.empty();
        }
    }

    private static Identity parsed(Matcher uri) {
        String host = uri.group(2);
        return host == null ? ofMaster(uri.group(1)) : ofHost(uri.group(1), host);
    }

    URI uri() {
        return URI.create("pipelinebox://" + run + (role == Role.MASTER ? "/" + MASTER : "/host/" + name));
    }

    @Override
    public String toString() {
        return (role == Role.MASTER ? "the master" : "host " + name) + " of cluster " + run;
    }
}
