package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.api.Keys;
import dev.pipelinebox.internal.os.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {

    private static final char[] PASSWORD = "pipelinebox".toCharArray();

    @TempDir
    private Path temporary;

    private Path directory;
    private Path store;
    private Path invitation;

    @BeforeEach
    void name() {
        directory = temporary.resolve("new").resolve("keys");
        store = directory.resolve("master.p12");
        invitation = directory.resolve("invitation.pbx");
    }

    @Test
    void whatIsCreatedCanBeLoaded() {
        Keys created = Keys.create(directory);
        Keys loaded = Keys.load(directory);

        assertThat(loaded.directory()).isEqualTo(directory);
        Credentials master = MasterKeys.of(loaded).credentials();
        assertThat(master.identity().role()).isEqualTo(Identity.Role.MASTER);
        assertThat(master.serial())
                .isEqualTo(MasterKeys.of(created).credentials().serial());
        Credentials host = Invitation.read(invitation).credentials();
        assertThat(host.identity()).isEqualTo(Identity.ofHost(master.identity().run(), "first"));
        assertThat(host.authority()).isEqualTo(master.authority());
        assertThat(host.expiry())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(7)).minusSeconds(100),
                        Instant.now().plus(Duration.ofDays(7)));
    }

    @Test
    void onlyTheOwnerCanReadThem() throws Exception {
        assumeTrue(Capability.FILE_PERMISSIONS.isThere(), "this system has no permissions of files");
        Keys.create(directory);
        MasterKeys.load(directory).revoke("0".repeat(32));

        assertThat(mode(directory)).isEqualTo("rwx------");
        try (var files = Files.list(directory)) {
            assertThat(files.toList())
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void theyWorkWhereFilesHaveNoPermissions() {
        System.setProperty(Capability.WITHOUT, Capability.FILE_PERMISSIONS.name());
        try {
            Keys.create(directory);
            assertThat(Keys.load(directory)).isNotNull();
            assertThat(Invitation.read(invitation)).isNotNull();
        } finally {
            System.clearProperty(Capability.WITHOUT);
        }
    }

    @Test
    void theKeyOfTheAuthorityIsNotInTheInvitation() throws Exception {
        Keys.create(directory);
        KeyStore content = read();
        byte[] secret = content.getKey("pipelinebox-1-authority", PASSWORD).getEncoded();

        assertThat(Pem.key(Files.readString(invitation)).getEncoded()).isNotEqualTo(secret);
        assertThat(Files.readString(invitation)).containsOnlyOnce("BEGIN PRIVATE KEY");
    }

    @Test
    void keysThatAreThereAreNotOverwritten() throws Exception {
        Keys.create(directory);
        byte[] before = Files.readAllBytes(store);

        fails(() -> Keys.create(directory), store + " is there already", "another directory");
        Files.delete(store);
        fails(() -> Keys.create(directory), invitation + " is there already");

        assertThat(store).doesNotExist();
        Files.write(store, before);
        assertThat(Invitation.read(invitation)).isNotNull();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaidSo() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        fails(() -> Keys.create(file.resolve("keys")), file.resolve("keys").toString(), "cannot be made");
    }

    @Test
    void keysThatAreNotThereAreSaidSo() {
        fails(() -> Keys.load(directory), store + " is not there", "\"keys create\"");
    }

    @Test
    void keysThatOthersCanReadAreRefusedWithTheCommandToType() throws Exception {
        assumeTrue(Capability.FILE_PERMISSIONS.isThere(), "this system has no permissions of files");
        Keys.create(directory);
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---")) {
            Files.setPosixFilePermissions(store, PosixFilePermissions.fromString(mode));
            fails(() -> Keys.load(directory), mode, "use chmod 600 " + store);
        }

        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("r--------"));
        assertThat(Keys.load(directory)).isNotNull();
    }

    @Test
    void keysOfAnotherUserAreRefusedWithTheCommandToType() throws Exception {
        assumeTrue(Capability.FILE_PERMISSIONS.isThere(), "this system has no permissions of files");
        Keys.create(directory);
        assumeTrue(givenAway(store), "only root can give a file to another user");

        fails(() -> Keys.load(directory), store + " belongs to nobody and not to ", "use chown ");
    }

    @Test
    void keysOfAnotherProgramAreRefused() throws Exception {
        Keys.create(directory);
        rename("another-1-authority", "another-1-master");

        fails(() -> Keys.load(directory), store + " is a key store of another program", "\"keys create\"");
    }

    @Test
    void keysOfAnotherVersionAreRefused() throws Exception {
        Keys.create(directory);
        rename("pipelinebox-2-authority", "pipelinebox-2-master");

        fails(() -> Keys.load(directory), store + " is of another version", "the program of the version that wrote it");
    }

    @Test
    void damagedKeysAreRefused() throws Exception {
        Keys.create(directory);
        byte[] content = Files.readAllBytes(store);
        Files.write(store, Arrays.copyOf(content, content.length - 40));
        fails(() -> Keys.load(directory), store + " is damaged or no key store", "\"keys create\"");

        content[content.length / 2] ^= 1;
        Files.write(store, content);
        fails(() -> Keys.load(directory), store + " is damaged or no key store");

        Files.write(store, new byte[100_000]);
        fails(() -> Keys.load(directory), store + " is too large");
        Files.write(store, new byte[0]);
        fails(() -> Keys.load(directory), store + " is damaged or no key store");
    }

    @Test
    void expiredKeysAreRefusedWithBothTimes() {
        Keys.create(directory);
        Instant expiry = MasterKeys.load(directory).credentials().expiry();
        Instant later = expiry.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);

        fails(
                () -> MasterStore.read(store).master(later),
                "expired on " + expiry,
                "the clock of this machine says " + later,
                "\"keys create\"");
        fails(
                () -> MasterStore.read(store).master(Instant.parse("2001-01-01T00:00:00Z")),
                "is valid from ",
                "says 2001-01-01T00:00:00Z",
                "set the clock");
    }

    @Test
    void aFurtherInvitationHasItsNameItsLifeAndTheAddress() {
        MasterKeys keys = MasterKeys.create(directory, Optional.of("gw.example:7500"));
        Invitation further = keys.invite("rack-2", Duration.ofHours(3), Optional.of("[fe80::1]:7410"));
        Path file = directory.resolve("rack-2.pbx");
        further.write(file);

        assertThat(Invitation.read(invitation).master()).contains("gw.example:7500");
        Invitation read = Invitation.read(file);
        assertThat(read.master()).contains("[fe80::1]:7410");
        assertThat(read.credentials().identity())
                .isEqualTo(Identity.ofHost(keys.credentials().identity().run(), "rack-2"));
        assertThat(read.credentials().expiry())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(3)).minusSeconds(100),
                        Instant.now().plus(Duration.ofHours(3)));
        fails(() -> further.write(file), file + " is there already");
    }

    @Test
    void anInvitationThatMakesNoSenseIsNotMade() {
        MasterKeys keys = MasterKeys.create(directory, Optional.empty());

        for (Duration life : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(4000))) {
            assertThatThrownBy(() -> keys.invite("a", life, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be valid for " + life);
        }
        for (String address : List.of("gw", "gw:", "gw :1", "http://gw:1", "gw:port", "gw:1\nrole: master")) {
            assertThatThrownBy(() -> keys.invite("a", Duration.ofDays(1), Optional.of(address)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be a name or an IP address, a colon and a port");
        }
    }

    @Test
    void aRevokedSerialNumberIsSeenByAMasterThatRuns() {
        MasterKeys running = MasterKeys.create(directory, Optional.empty());
        Credentials host = Invitation.read(invitation).credentials();
        assertThat(running.revocations().contains(host.certificate().getSerialNumber()))
                .isFalse();

        MasterKeys.load(directory).revoke(host.serial());

        assertThat(running.revocations().contains(host.certificate().getSerialNumber()))
                .isTrue();
        assertThatThrownBy(() -> running.revoke(running.credentials().serial()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("master's own");
    }

    @Test
    void keysOfAClassOfTheUsersAreRefused() {
        Keys own = () -> directory;

        fails(() -> MasterKeys.of(own), "give what Keys.load or Keys.create returns");
    }

    @Test
    void noTextShowsAKey() throws Exception {
        MasterKeys keys = MasterKeys.create(directory, Optional.empty());
        Invitation read = Invitation.read(invitation);

        assertThat(List.of(keys, keys.credentials(), read, read.credentials()))
                .allSatisfy(secret -> assertThat(secret.toString())
                        .containsPattern("(Keys of cluster|Credentials of|Invitation of) .*[0-9a-f]{32}")
                        .doesNotContain("PRIVATE")
                        .hasSizeLessThan(500));
    }

    private static void fails(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(InvalidKeysException.class).hasMessageContainingAll(parts);
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static boolean givenAway(Path file) {
        try {
            UserPrincipal nobody =
                    file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(file, nobody);
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    private KeyStore read() throws Exception {
        KeyStore content = KeyStore.getInstance("PKCS12");
        content.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD);
        return content;
    }

    private void rename(String authority, String master) throws Exception {
        KeyStore before = read();
        KeyStore after = KeyStore.getInstance("PKCS12");
        after.load(null, PASSWORD);
        move(before, "pipelinebox-1-authority", after, authority);
        move(before, "pipelinebox-1-master", after, master);
        try (OutputStream out = Files.newOutputStream(store)) {
            after.store(out, PASSWORD);
        }
    }

    private static void move(KeyStore from, String name, KeyStore to, String newName) throws Exception {
        Certificate[] chain = from.getCertificateChain(name);
        to.setKeyEntry(newName, from.getKey(name, PASSWORD), PASSWORD, chain);
    }
}
