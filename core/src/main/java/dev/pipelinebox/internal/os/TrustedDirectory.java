package dev.pipelinebox.internal.os;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** A directory whose files are code for this user: no other user may write it. Thread-safe. */
public final class TrustedDirectory {

    private static final String OWNER_ONLY = "rwx------";

    private final Path path;

    public TrustedDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes it if it is not there, so that only this user can enter it.
     *
     * @throws IOException if it cannot be made or written, or another user could put files into it
     */
    public void ensure() throws IOException {
        create();
        Path probe = Files.createTempFile(path, "owner", ".tmp");
        try {
            check(Files.getOwner(probe));
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /**
     * The same for a user who is known.
     *
     * @param user whom this process belongs to
     * @throws IOException if it cannot be made, or another user could put files into it
     */
    public void ensure(UserPrincipal user) throws IOException {
        create();
        check(user);
    }

    private void check(UserPrincipal user) throws IOException {
        Optional<String> danger = danger(path, user);
        if (danger.isPresent()) {
            throw new IOException(danger.get());
        }
    }

    private void create() throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(path.toAbsolutePath().getParent());
        try {
            if (isPosix(path)) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            } else {
                Files.createDirectory(path);
            }
        } catch (FileAlreadyExistsException anotherProgramWasFaster) {
            if (!Files.isDirectory(path)) {
                throw anotherProgramWasFaster;
            }
        }
    }

    /**
     * How another user, who is not root, could put code into a file or directory of this user's; only some systems tell.
     */
    public static Optional<String> danger(Path path, UserPrincipal user) throws IOException {
        if (!isPosix(path)) {
            return Optional.empty();
        }
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        if (!attributes.owner().equals(user) && !isOfRoot(path)) {
            return Optional.of(path + " belongs to " + attributes.owner().getName() + " and not to " + user.getName()
                    + "; remove it");
        }
        Set<PosixFilePermission> permissions = attributes.permissions();
        boolean isOpen = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        return isOpen ? Optional.of("others can write " + path + "; use chmod go-w " + path) : Optional.empty();
    }

    /** As the files of a container's image are, whose program runs as another user. */
    private static boolean isOfRoot(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"));
    }

    /** Whether files there have owners and permissions. */
    public static boolean isPosix(Path path) {
        return Capability.FILE_PERMISSIONS.isThere()
                && path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
