package dev.pipelinebox.internal.link.message;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Numbers of seven bits a byte, the lowest first, so that small ones take one byte. */
public final class VarInt {

    /** The most that a number takes. */
    public static final int LONGEST = 10;

    private VarInt() {}

    public static void put(long number, ByteBuffer to) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            to.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    public static long get(ByteBuffer from) {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = from.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new BufferUnderflowException();
    }

    /** Short whether the number is a little above or a little below zero. */
    static void putSigned(long number, ByteBuffer to) {
        put((number << 1) ^ (number >> 63), to);
    }

    static long getSigned(ByteBuffer from) {
        long folded = get(from);
        return (folded >>> 1) ^ -(folded & 1);
    }
}
