package dev.pipelinebox.internal.link.transfer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file on tmpfs that is written from its beginning again when it is full. It is written and read as a file and not
 * mapped: that is fast enough, frees its memory when both ends have closed it, and a file that is cut short is an error and
 * not the end of the JVM.
 *
 * <p>Nothing here keeps a writer from overtaking its reader: the link does, which lets no more than a ring be in flight.
 */
final class SharedRing {

    static final int BYTES = 4 << 20;

    /** More at a time does not fit into the fast caches of a processor, through which each byte goes twice. */
    private static final int AT_A_TIME = 64 << 10;

    @FunctionalInterface
    private interface Transfer {
        void at(int offset, int length) throws IOException;
    }

    private SharedRing() {}

    static void write(RandomAccessFile file, long position, byte[] from, int offset, int length) throws IOException {
        wrapAround(file, position, offset, length, (at, bytes) -> file.write(from, at, bytes));
    }

    static void read(RandomAccessFile file, long position, byte[] into, int offset, int length) throws IOException {
        wrapAround(file, position, offset, length, (at, bytes) -> file.readFully(into, at, bytes));
    }

    private static void wrapAround(RandomAccessFile file, long position, int offset, int length, Transfer transfer)
            throws IOException {
        int offsetInFile = (int) (position % BYTES);
        file.seek(offsetInFile);
        for (int done = 0; done < length; ) {
            if (offsetInFile == BYTES) {
                offsetInFile = 0;
                file.seek(offsetInFile);
            }
            int bytes = Math.min(Math.min(length - done, BYTES - offsetInFile), AT_A_TIME);
            transfer.at(offset + done, bytes);
            done += bytes;
            offsetInFile += bytes;
        }
    }

    static void close(@Nullable RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException unclosable) {
            log().debug("A ring cannot be closed", unclosable);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log().debug("{} stays until its folder is removed", file, stays);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(SharedRing.class);
    }
}
