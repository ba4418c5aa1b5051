package dev.pipelinebox.internal.cluster.tls;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.internal.os.TrustedDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** A small file that only its owner can read, from the moment it is made, where the system has permissions. */
final class SecretFile {

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final Set<PosixFilePermission> OF_OWNER = PosixFilePermissions.fromString("rw-------");

    /** Containers are given a file of root's that a group of the container's user can read. */
    private static final Set<PosixFilePermission> OF_ROOT = PosixFilePermissions.fromString("rw-r-----");

    private static final int MOST_BYTES = 64 * 1024;

    private SecretFile() {}

    /**
     * Makes a file.
     *
     * @throws InvalidKeysException if it is there, or cannot be made
     */
    static void create(Path file, byte[] content) {
        checkIsNew(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file, NEW, permissions(file, OF_OWNER))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException anotherProgramWasFaster) {
            throw exists(file);
        } catch (IOException unwritable) {
            throw new InvalidKeysException(file + " cannot be written (" + cause(unwritable) + ")", unwritable);
        }
    }

    /**
     * Says so before others are made.
     *
     * @throws InvalidKeysException if it is there
     */
    static void checkIsNew(Path file) {
        if (Files.exists(file)) {
            throw exists(file);
        }
    }

    private static InvalidKeysException exists(Path file) {
        return new InvalidKeysException(
                file + " is there already and is not overwritten; give another directory or name, or remove it");
    }

    /**
     * Makes a directory that only this user can enter, if it is not there.
     *
     * @throws InvalidKeysException if it cannot be made
     */
    static void createDirectory(Path directory) {
        try {
            Path absolute = directory.toAbsolutePath();
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(absolute, permissions(absolute, PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException unwritable) {
            throw new InvalidKeysException(
                    "The directory " + directory + " cannot be made (" + cause(unwritable) + "); give another one",
                    unwritable);
        }
    }

    /** What a new file is made with. */
    static FileAttribute<?>[] ownerOnly(Path file) {
        return permissions(file, OF_OWNER);
    }

    private static FileAttribute<?>[] permissions(Path file, Set<PosixFilePermission> permissions) {
        return TrustedDirectory.isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Reads a file that other users can neither read nor write.
     *
     * @param origin where such a file comes from, for the message if it is not there
     * @throws InvalidKeysException if others can, or it is not there, or cannot be read
     */
    static byte[] read(Path file, String origin) {
        try (InputStream in = Files.newInputStream(file)) {
            checkPermissions(file);
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new InvalidKeysException(file + " is too large to be keys; " + origin);
            }
            return content;
        } catch (NoSuchFileException missing) {
            throw new InvalidKeysException(file + " is not there; " + origin, missing);
        } catch (IOException unreadable) {
            throw new InvalidKeysException(
                    file + " cannot be read (" + cause(unreadable)
                            + "); run this program as the user whom it belongs to",
                    unreadable);
        }
    }

    private static void checkPermissions(Path file) throws IOException {
        if (!TrustedDirectory.isPosix(file)) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        UserPrincipal user = currentUser();
        boolean isOwn = attributes.owner().equals(user);
        if (!isOwn && !isOfRoot(file)) {
            throw new InvalidKeysException(
                    file + " belongs to " + attributes.owner().getName() + " and not to " + user.getName()
                            + ", who runs this program; use chown " + user.getName() + " " + file);
        }
        Set<PosixFilePermission> excess = EnumSet.noneOf(PosixFilePermission.class);
        excess.addAll(attributes.permissions());
        excess.remove(PosixFilePermission.OWNER_EXECUTE);
        excess.removeAll(isOwn ? OF_OWNER : OF_ROOT);
        if (!excess.isEmpty()) {
            throw new InvalidKeysException("Other users can read or write " + file + ", which holds a secret key ("
                    + PosixFilePermissions.toString(attributes.permissions()) + "); use chmod "
                    + (isOwn ? "600 " : "440 ") + file);
        }
    }

    private static boolean isOfRoot(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));
    }

    /** The owner of a new file: in a container a user may have no name. */
    private static UserPrincipal currentUser() throws IOException {
        Path probe = Files.createTempFile("pipelinebox-", ".owner");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static String cause(IOException exception) {
        return exception.getClass().getSimpleName() + ": " + exception.getMessage();
    }
}
