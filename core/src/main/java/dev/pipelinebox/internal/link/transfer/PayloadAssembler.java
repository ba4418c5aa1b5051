package dev.pipelinebox.internal.link.transfer;

import dev.pipelinebox.api.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * A payload that comes in pieces. A problem is kept until the envelope comes, which says what fails with it. Not
 * thread-safe.
 */
final class PayloadAssembler {

    /** The part of the free heap that a single array may take: the JVM keeps young and old objects apart. */
    private static final double LARGEST_ARRAY = 0.6;

    private final int total;
    private byte @Nullable [] payload;
    private int filled;
    private @Nullable PayloadException problem;

    /** Where this JVM ends when it is out of memory, the size is checked before the allocation is tried. */
    PayloadAssembler(int total, boolean endsOutOfMemory) {
        this.total = total;
        if (total > Runtime.getRuntime().maxMemory() || (endsOutOfMemory && !fitsIntoTheHeap(total))) {
            fail(new PayloadException(tooLarge()));
            return;
        }
        try {
            payload = new byte[total];
        } catch (OutOfMemoryError full) {
            fail(new PayloadException(tooLarge(), full));
        }
    }

    private static boolean fitsIntoTheHeap(int bytes) {
        if (bytes > freeHeap() * LARGEST_ARRAY) {
            System.gc();
        }
        return bytes <= freeHeap() * LARGEST_ARRAY;
    }

    private static long freeHeap() {
        Runtime jvm = Runtime.getRuntime();
        return jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
    }

    void add(byte[] bytes) {
        if (payload != null && fits(bytes.length)) {
            System.arraycopy(bytes, 0, payload, filled, bytes.length);
            filled += bytes.length;
        }
    }

    /** Where all of it is put; {@code null} if there is no place for it. */
    byte @Nullable [] place() {
        filled = total;
        return payload;
    }

    /** All of it, with what came in the envelope itself. */
    byte[] whole(byte[] rest) {
        add(rest);
        byte[] whole = payload;
        if (problem != null) {
            throw problem;
        }
        if (whole == null || filled != total) {
            throw new PayloadException("Of a value of " + total + " bytes only " + filled + " have come");
        }
        return whole;
    }

    private boolean fits(int more) {
        if (more > total - filled) {
            fail(new PayloadException("More has come of a value than its " + total + " bytes"));
        }
        return payload != null;
    }

    private String tooLarge() {
        return "A value of " + total + " bytes does not fit into the heap of the process that is to take it, of "
                + Runtime.getRuntime().maxMemory()
                + " bytes, of which " + freeHeap()
                + " are free; give it more (pipelinebox.worker.heap for workers, -Xmx for the caller), or pass the name of a"
                + " file instead";
    }

    private void fail(PayloadException why) {
        payload = null;
        problem = why;
    }
}
