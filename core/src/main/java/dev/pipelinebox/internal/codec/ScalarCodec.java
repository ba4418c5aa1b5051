package dev.pipelinebox.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * A short way for values of the simplest types: the same bytes as Jackson's CBOR, without what a generator and a parser
 * cost for each value. What it does not know it leaves to Jackson, errors included.
 */
enum ScalarCodec {
    INTEGER(Integer.class) {
        @Override
        byte @Nullable [] write(Object value) {
            return value instanceof Integer number ? writeNumber(number) : null;
        }

        @Override
        @Nullable
        Object read(byte[] bytes, int offset, int length) {
            if (!isNumber(bytes, offset, length)) {
                return null;
            }
            long number = readNumber(bytes, offset, length);
            return number == (int) number ? (int) number : null;
        }
    },
    LONG(Long.class) {
        @Override
        byte @Nullable [] write(Object value) {
            return value instanceof Long number ? writeNumber(number) : null;
        }

        @Override
        @Nullable
        Object read(byte[] bytes, int offset, int length) {
            return isNumber(bytes, offset, length) ? readNumber(bytes, offset, length) : null;
        }
    },
    DOUBLE(Double.class) {
        @Override
        byte @Nullable [] write(Object value) {
            if (!(value instanceof Double number)) {
                return null;
            }
            return withEightBytes(EIGHT_BYTE_FLOAT, Double.doubleToLongBits(number));
        }

        @Override
        @Nullable
        Object read(byte[] bytes, int offset, int length) {
            return length == 9 && (bytes[offset] & 0xff) == EIGHT_BYTE_FLOAT
                    ? Double.longBitsToDouble(unsigned(bytes, offset + 1, offset + length))
                    : null;
        }
    },
    BOOLEAN(Boolean.class) {
        @Override
        byte @Nullable [] write(Object value) {
            return value instanceof Boolean is ? new byte[] {(byte) (is ? TRUE : FALSE)} : null;
        }

        @Override
        @Nullable
        Object read(byte[] bytes, int offset, int length) {
            int only = length == 1 ? bytes[offset] & 0xff : 0;
            if (only != TRUE && only != FALSE) {
                return null;
            }
            return only == TRUE;
        }
    },
    /** Short and of ASCII; others are long enough for Jackson not to matter. */
    STRING(String.class) {
        @Override
        @SuppressWarnings("deprecation")
        byte @Nullable [] write(Object value) {
            if (!(value instanceof String text) || text.length() > LONGEST_IN_HEAD) {
                return null;
            }
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > ASCII) {
                    return null;
                }
            }
            byte[] bytes = new byte[1 + text.length()];
            bytes[0] = (byte) (TEXT + text.length());
            text.getBytes(0, text.length(), bytes, 1);
            return bytes;
        }

        @Override
        @Nullable
        Object read(byte[] bytes, int offset, int length) {
            int letters = length - 1;
            if (letters < 0 || letters > LONGEST_IN_HEAD || (bytes[offset] & 0xff) != TEXT + letters) {
                return null;
            }
            for (int i = offset + 1; i < offset + length; i++) {
                if (bytes[i] < 0) {
                    return null;
                }
            }
            return new String(bytes, offset + 1, letters, ISO_8859_1);
        }
    },
    /** Jackson's. */
    NONE(Void.class) {
        @Override
        byte @Nullable [] write(Object value) {
            return null;
        }

        @Override
        @Nullable
        Object read(byte[] bytes, int offset, int length) {
            return null;
        }
    };

    /** The kind of a value is in the upper three bits of its first byte, a short length or number in the others. */
    private static final int NEGATIVE = 0x20;

    private static final int TEXT = 0x60;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int EIGHT_BYTE_FLOAT = 0xfb;
    private static final int LONGEST_IN_HEAD = 23;
    private static final int ONE_BYTE = 24;
    private static final int TWO_BYTES = 25;
    private static final int FOUR_BYTES = 26;
    private static final int EIGHT_BYTES = 27;
    private static final int ASCII = 0x7f;

    private final Class<?> type;

    ScalarCodec(Class<?> type) {
        this.type = type;
    }

    /** The one for values of this declared type. */
    static ScalarCodec of(JavaType declared) {
        for (ScalarCodec scalar : values()) {
            if (declared.hasRawClass(scalar.type)) {
                return scalar;
            }
        }
        return NONE;
    }

    /** The bytes; {@code null} if this is Jackson's. */
    abstract byte @Nullable [] write(Object value);

    /** The value in a part of the array; {@code null} if this is Jackson's. */
    abstract @Nullable Object read(byte[] bytes, int offset, int length);

    /** By shifting, since other ways are slow until they are compiled. */
    private static byte[] writeNumber(long number) {
        int kind = number < 0 ? NEGATIVE : 0;
        long size = number < 0 ? ~number : number;
        if (size <= LONGEST_IN_HEAD) {
            return new byte[] {(byte) (kind + size)};
        }
        if (size <= 0xff) {
            return new byte[] {(byte) (kind + ONE_BYTE), (byte) size};
        }
        if (size <= 0xffff) {
            return new byte[] {(byte) (kind + TWO_BYTES), (byte) (size >> 8), (byte) size};
        }
        if (size <= 0xffff_ffffL) {
            int rest = (int) size;
            return new byte[] {
                (byte) (kind + FOUR_BYTES), (byte) (rest >> 24), (byte) (rest >> 16), (byte) (rest >> 8), (byte) rest
            };
        }
        return withEightBytes(kind + EIGHT_BYTES, size);
    }

    private static byte[] withEightBytes(int head, long number) {
        byte[] bytes = new byte[9];
        bytes[0] = (byte) head;
        long rest = number;
        for (int i = 8; i > 0; i--) {
            bytes[i] = (byte) rest;
            rest >>= 8;
        }
        return bytes;
    }

    /** Tells whether this is a whole number that fits into a {@code long}, and nothing else. */
    private static boolean isNumber(byte[] bytes, int offset, int length) {
        if (length == 0 || (bytes[offset] & 0xff) >= 2 * NEGATIVE) {
            return false;
        }
        return switch (bytes[offset] & (NEGATIVE - 1)) {
            case ONE_BYTE -> length == 2;
            case TWO_BYTES -> length == 3;
            case FOUR_BYTES -> length == 5;
            case EIGHT_BYTES -> length == 9 && bytes[offset + 1] >= 0;
            default -> length == 1 && (bytes[offset] & (NEGATIVE - 1)) <= LONGEST_IN_HEAD;
        };
    }

    private static long readNumber(byte[] bytes, int offset, int length) {
        long size = length == 1 ? bytes[offset] & (NEGATIVE - 1) : unsigned(bytes, offset + 1, offset + length);
        return (bytes[offset] & NEGATIVE) == 0 ? size : ~size;
    }

    private static long unsigned(byte[] bytes, int begin, int end) {
        long number = 0;
        for (int i = begin; i < end; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }
}
