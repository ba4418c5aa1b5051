package dev.pipelinebox.internal.launch.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The exclusive right of one program to make an archive. The operating system ends the right of a dead program. */
record ArchiveLock(Path file, FileChannel channel) implements Closeable {

    /** Empty while another program, or another master of this one, has it. */
    static Optional<ArchiveLock> tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new ArchiveLock(file, channel));
            }
        } catch (OverlappingFileLockException anotherMasterOfThisProgram) {
            LoggerFactory.getLogger(ArchiveLock.class)
                    .debug("The class-data archive is being made", anotherMasterOfThisProgram);
        }
        channel.close();
        return Optional.empty();
    }

    /** The file goes first, while no other program can have locked it. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
