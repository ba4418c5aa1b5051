package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.api.InvalidKeysException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * The file {@code master.p12}: a key store in the format PKCS #12 with the keys of the certificate authority and of the
 * master.
 *
 * <p>Its password is always {@code pipelinebox}, because the format wants one: it protects nothing. The permissions of the file
 * do, as with the keys of SSH. {@code openssl pkcs12 -in master.p12 -passin pass:pipelinebox} shows what is in it.
 */
final class MasterStore {

    private static final char[] PASSWORD = "pipelinebox".toCharArray();
    private static final String FORMAT = "PKCS12";

    /** With the version, because the format has no place for one. */
    private static final String PREFIX = "pipelinebox-";

    private static final String AUTHORITY = PREFIX + "1-authority";
    private static final String MASTER = PREFIX + "1-master";

    private static final String REMEDY = "give the directory that \"keys create\" wrote, or make new keys with it";

    private final Path file;
    private final KeyStore store;

    private MasterStore(Path file, KeyStore store) {
        this.file = file;
        this.store = store;
    }

    /** Writes a new file. */
    static void create(Path file, CertificateAuthority authority, Credentials master) {
        try {
            KeyStore store = KeyStore.getInstance(FORMAT);
            store.load(null, PASSWORD);
            Certificate root = authority.certificate();
            store.setKeyEntry(AUTHORITY, authority.key(), PASSWORD, new Certificate[] {root});
            store.setKeyEntry(MASTER, master.key(), PASSWORD, new Certificate[] {master.certificate(), root});
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            store.store(content, PASSWORD);
            SecretFile.create(file, content.toByteArray());
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("Every Java platform has " + FORMAT, impossible);
        }
    }

    /**
     * Reads one.
     *
     * @throws InvalidKeysException if it is not there, is something else, or if other users can read it
     */
    static MasterStore read(Path file) {
        byte[] content = SecretFile.read(file, REMEDY);
        try {
            KeyStore store = KeyStore.getInstance(FORMAT);
            store.load(new ByteArrayInputStream(content), PASSWORD);
            checkVersion(file, Collections.list(store.aliases()));
            return new MasterStore(file, store);
        } catch (GeneralSecurityException | IOException damage) {
            throw damaged(file, damage);
        }
    }

    private static void checkVersion(Path file, List<String> names) {
        if (names.contains(MASTER) && names.contains(AUTHORITY)) {
            return;
        }
        throw new InvalidKeysException(
                names.stream().anyMatch(name -> name.startsWith(PREFIX))
                        ? file
                                + " is of another version; use the program of the version that wrote it, or make new keys with"
                                + " \"keys create\""
                        : file + " is a key store of another program; " + REMEDY);
    }

    /**
     * What the master proves itself with.
     *
     * @throws InvalidKeysException if it is damaged or has expired
     */
    Credentials master(Instant now) {
        try {
            Certificate[] chain = store.getCertificateChain(MASTER);
            if (chain == null || chain.length != 2) {
                throw new GeneralSecurityException("the master has no chain of two certificates");
            }
            Credentials master = Credentials.read(key(MASTER), (X509Certificate) chain[0], (X509Certificate) chain[1]);
            if (master.identity().role() != Identity.Role.MASTER) {
                throw new GeneralSecurityException("its certificate is not that of a master");
            }
            Validity.problem(master.certificate(), now).ifPresent(problem -> {
                throw new InvalidKeysException(
                        file + " " + problem + "; make new keys with \"keys create\", or set the clock");
            });
            return master;
        } catch (GeneralSecurityException damage) {
            throw damaged(file, damage);
        }
    }

    /**
     * What makes certificates.
     *
     * @throws InvalidKeysException if it is damaged
     */
    CertificateAuthority authority(String run) {
        try {
            return new CertificateAuthority(run, key(AUTHORITY), (X509Certificate) store.getCertificate(AUTHORITY));
        } catch (GeneralSecurityException damage) {
            throw damaged(file, damage);
        }
    }

    private PrivateKey key(String name) throws GeneralSecurityException {
        Key key = store.getKey(name, PASSWORD);
        if (key instanceof PrivateKey secret) {
            return secret;
        }
        throw new GeneralSecurityException(name + " has no key");
    }

    private static InvalidKeysException damaged(Path file, Exception damage) {
        return new InvalidKeysException(
                file + " is damaged or no key store (" + damage.getMessage() + "); " + REMEDY, damage);
    }
}
