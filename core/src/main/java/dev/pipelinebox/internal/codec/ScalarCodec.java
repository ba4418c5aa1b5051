package dev.pipelinebox.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
        Object read(byte[] bytes) {
            if (!isNumber(bytes)) {
                return null;
            }
            long number = readNumber(bytes);
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
        Object read(byte[] bytes) {
            return isNumber(bytes) ? readNumber(bytes) : null;
        }
    },
    DOUBLE(Double.class) {
        @Override
        byte @Nullable [] write(Object value) {
            if (!(value instanceof Double number)) {
                return null;
            }
            byte[] bytes = new byte[9];
            bytes[0] = (byte) EIGHT_BYTE_FLOAT;
            LONGS.set(bytes, 1, Double.doubleToLongBits(number));
            return bytes;
        }

        @Override
        @Nullable
        Object read(byte[] bytes) {
            return bytes.length == 9 && (bytes[0] & 0xff) == EIGHT_BYTE_FLOAT
                    ? Double.longBitsToDouble((long) LONGS.get(bytes, 1))
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
        Object read(byte[] bytes) {
            int only = bytes.length == 1 ? bytes[0] & 0xff : 0;
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
        Object read(byte[] bytes) {
            int length = bytes.length - 1;
            if (length < 0 || length > LONGEST_IN_HEAD || (bytes[0] & 0xff) != TEXT + length) {
                return null;
            }
            for (int i = 1; i <= length; i++) {
                if (bytes[i] < 0) {
                    return null;
                }
            }
            return new String(bytes, 1, length, ISO_8859_1);
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
        Object read(byte[] bytes) {
            return null;
        }
    };

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

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

    /** The value; {@code null} if this is Jackson's. */
    abstract @Nullable Object read(byte[] bytes);

    private static byte[] writeNumber(long number) {
        int kind = number < 0 ? NEGATIVE : 0;
        long size = number < 0 ? ~number : number;
        byte[] bytes;
        if (size <= LONGEST_IN_HEAD) {
            return new byte[] {(byte) (kind + size)};
        }
        if (size <= 0xff) {
            return new byte[] {(byte) (kind + ONE_BYTE), (byte) size};
        }
        if (size <= 0xffff) {
            bytes = new byte[3];
            bytes[0] = (byte) (kind + TWO_BYTES);
            SHORTS.set(bytes, 1, (short) size);
        } else if (size <= 0xffff_ffffL) {
            bytes = new byte[5];
            bytes[0] = (byte) (kind + FOUR_BYTES);
            INTS.set(bytes, 1, (int) size);
        } else {
            bytes = new byte[9];
            bytes[0] = (byte) (kind + EIGHT_BYTES);
            LONGS.set(bytes, 1, size);
        }
        return bytes;
    }

    /** Tells whether this is a whole number that fits into a {@code long}, and nothing else. */
    private static boolean isNumber(byte[] bytes) {
        if (bytes.length == 0 || (bytes[0] & 0xff) >= 2 * NEGATIVE) {
            return false;
        }
        return switch (bytes[0] & (NEGATIVE - 1)) {
            case ONE_BYTE -> bytes.length == 2;
            case TWO_BYTES -> bytes.length == 3;
            case FOUR_BYTES -> bytes.length == 5;
            case EIGHT_BYTES -> bytes.length == 9 && bytes[1] >= 0;
            default -> bytes.length == 1 && (bytes[0] & (NEGATIVE - 1)) <= LONGEST_IN_HEAD;
        };
    }

    private static long readNumber(byte[] bytes) {
        long size = switch (bytes.length) {
            case 1 -> bytes[0] & (NEGATIVE - 1);
            case 2 -> bytes[1] & 0xff;
            case 3 -> (short) SHORTS.get(bytes, 1) & 0xffff;
            case 5 -> (int) INTS.get(bytes, 1) & 0xffff_ffffL;
            default -> (long) LONGS.get(bytes, 1);
        };
        return (bytes[0] & NEGATIVE) == 0 ? size : ~size;
    }
}
