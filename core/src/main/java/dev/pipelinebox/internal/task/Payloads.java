package dev.pipelinebox.internal.task;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The encoded values of consecutive tasks: their arguments, or their results. They are in one array, so that many small ones
 * take as few objects as one, and copying them takes one step. Immutable.
 */
public final class Payloads {

    /** From this size on, a value is better alone, where it is not copied. */
    public static final int ALONE_BYTES = 4 << 10;

    /** So many values are enough together, and so many bytes. */
    private static final int MOST_TOGETHER = 1024;

    private static final int BYTES_TOGETHER = 64 << 10;

    private final byte[] bytes;

    /** Each value begins where the one before it ends; the end of a null value is written as its complement. */
    private final int[] ends;

    /** Where the first value begins, as an index of {@link #ends}. */
    private final int before;

    private final int count;

    private Payloads(byte[] bytes, int[] ends, int before, int count) {
        this.bytes = bytes;
        this.ends = ends;
        this.before = before;
        this.count = count;
    }

    /**
     * Values in an array, of which each begins where the one before it ends.
     *
     * @param ends where they end, with the complement for a null value, after a first 0
     * @throws IllegalArgumentException if one ends before its beginning, or outside of the array
     */
    public static Payloads of(byte[] bytes, int[] ends) {
        for (int i = 1; i < ends.length; i++) {
            if (position(ends[i]) < position(ends[i - 1]) || position(ends[i]) > bytes.length) {
                throw new IllegalArgumentException("a value ends at " + ends[i] + " of " + bytes.length);
            }
        }
        return new Payloads(bytes, ends, 0, ends.length - 1);
    }

    /** A single value, which is not copied; {@code null} for null. */
    public static Payloads of(byte @Nullable [] value) {
        return value == null
                ? new Payloads(new byte[0], new int[] {0, ~0}, 0, 1)
                : new Payloads(value, new int[] {0, value.length}, 0, 1);
    }

    public int count() {
        return count;
    }

    /** Of all values, in bytes. */
    public int size() {
        return end(count) - end(0);
    }

    /** Of one value, in bytes. */
    public int size(int index) {
        return end(index + 1) - end(index);
    }

    public boolean isNull(int index) {
        return ends[before + index + 1] < 0;
    }

    /** Where a value begins in {@link #array}; behind the last one, where that ends. */
    public int offset(int index) {
        return end(index);
    }

    /** What the values are in, perhaps between others; not to be changed. */
    public byte[] array() {
        return bytes;
    }

    /** One value; {@code null} for null. It is not to be changed, since it may not be a copy. */
    public byte @Nullable [] get(int index) {
        if (isNull(index)) {
            return null;
        }
        int size = size(index);
        return size == bytes.length ? bytes : Arrays.copyOfRange(bytes, end(index), end(index) + size);
    }

    /** The same in an array of their own, if they are a small part of this one, which then need not be kept. */
    public Payloads compact() {
        if (bytes.length <= 2 * size() || count != 1) {
            return this;
        }
        return of(get(0));
    }

    /** Where each value ends behind the beginning of the first, with the complement for a null value. */
    public int[] ends() {
        int start = end(0);
        int[] relative = Arrays.copyOfRange(ends, before + 1, before + 1 + count);
        for (int i = 0; start > 0 && i < count; i++) {
            relative[i] += relative[i] < 0 ? start : -start;
        }
        return relative;
    }

    /** The values from one index to before another; they are not copied. */
    public Payloads slice(int from, int to) {
        return from == 0 && to == count ? this : new Payloads(bytes, ends, before + from, to - from);
    }

    /** How many of the first values take no more than so many bytes, at most so many. */
    public int fitting(int most, long maxBytes) {
        int fitting = 0;
        int tooMany = Math.min(most, count) + 1;
        while (tooMany - fitting > 1) {
            int middle = (fitting + tooMany) >>> 1;
            if (end(middle) - end(0) <= maxBytes) {
                fitting = middle;
            } else {
                tooMany = middle;
            }
        }
        return fitting;
    }

    private int end(int index) {
        return position(ends[before + index]);
    }

    private static int position(int end) {
        return end ^ (end >> 31);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Payloads that) || count != that.count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (isNull(i) != that.isNull(i) || size(i) != that.size(i)) {
                return false;
            }
        }
        return Arrays.equals(bytes, end(0), end(count), that.bytes, that.end(0), that.end(count));
    }

    @Override
    public int hashCode() {
        return 31 * count + size();
    }

    @Override
    public String toString() {
        return count + " of " + size() + " bytes";
    }

    /** Puts small values together. Not thread-safe. */
    public static final class Builder {

        private static final int FIRST_COUNT = 15;
        private static final int FIRST_BYTES = 64;
        private static final int[] NO_ENDS = {0};
        private static final byte[] NO_BYTES = {};

        private byte[] bytes = NO_BYTES;
        private int[] ends = NO_ENDS;
        private int count;
        /** What was needed last. */
        private int usualCount = FIRST_COUNT;

        private int usualBytes = FIRST_BYTES;

        /** Whether so many more values, with so many bytes in all, may be added to others. */
        public boolean hasRoomFor(int more, int moreBytes) {
            return count == 0 || (count + more <= MOST_TOGETHER && size() + moreBytes <= BYTES_TOGETHER);
        }

        public int count() {
            return count;
        }

        /** Of all values, in bytes. */
        public int size() {
            return position(ends[count]);
        }

        public void add(byte @Nullable [] value) {
            int length = value == null ? 0 : value.length;
            int start = grow(1, length);
            if (value == null) {
                ends[++count] = ~start;
            } else {
                System.arraycopy(value, 0, bytes, start, length);
                ends[++count] = start + length;
            }
        }

        public void addAll(Payloads values) {
            int size = values.size();
            int start = grow(values.count, size);
            System.arraycopy(values.bytes, values.end(0), bytes, start, size);
            int shift = start - values.end(0);
            for (int i = 1; i <= values.count; i++) {
                int end = values.ends[values.before + i];
                ends[++count] = end < 0 ? end - shift : end + shift;
            }
        }

        /** Makes room; returns where the next value begins. */
        private int grow(int more, int moreBytes) {
            int size = size();
            if (count + more >= ends.length) {
                ends = Arrays.copyOf(ends, Math.max(usualCount, 2 * count + more) + 1);
            }
            if (size + moreBytes > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(usualBytes, 2 * size + moreBytes));
            }
            return size;
        }

        /** Forgets the values that were added. */
        public void clear() {
            count = 0;
        }

        /** The values that were added since the last call, of which there must be some. */
        public Payloads take() {
            Payloads taken = new Payloads(bytes, ends, 0, count);
            usualBytes = Math.max(FIRST_BYTES, size());
            usualCount = Math.max(FIRST_COUNT, count);
            bytes = NO_BYTES;
            ends = NO_ENDS;
            count = 0;
            return taken;
        }
    }
}
