package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.internal.link.ReliableDelivery;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * A file on tmpfs, in which bytes go round. It is written and read as a file and not mapped: that is fast enough, frees
 * its memory when both ends have closed it, and a file that is cut short is an error and not the end of the JVM.
 *
 * <p>Nothing here keeps a writer from overtaking its reader: the window of the link does, which is as large as the ring.
 */
final class SharedRing {

    /** What the window lets be under way, so what is not yet acknowledged is not written over. */
    static final int BYTES = ReliableDelivery.WINDOW_BYTES;

    /** More at a time does not fit into the fast caches of a processor, through which each byte goes twice. */
    private static final int AT_A_TIME = 64 << 10;

    @FunctionalInterface
    private interface Transfer {
        void at(int offset, int length) throws IOException;
    }

    private SharedRing() {}

    static void write(RandomAccessFile file, long position, byte[] from, int offset, int length) throws IOException {
        goRound(file, position, offset, length, (at, bytes) -> file.write(from, at, bytes));
    }

    static void read(RandomAccessFile file, long position, byte[] into, int offset, int length) throws IOException {
        goRound(file, position, offset, length, (at, bytes) -> file.readFully(into, at, bytes));
    }

    private static void goRound(RandomAccessFile file, long position, int offset, int length, Transfer transfer)
            throws IOException {
        int place = (int) (position % BYTES);
        file.seek(place);
        for (int done = 0; done < length; ) {
            if (place == BYTES) {
                place = 0;
                file.seek(place);
            }
            int bytes = Math.min(Math.min(length - done, BYTES - place), AT_A_TIME);
            transfer.at(offset + done, bytes);
            done += bytes;
            place += bytes;
        }
    }
}
