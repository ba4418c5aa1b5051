package dev.pipelinebox.internal.cluster.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Values in DER, the encoding of certificates (ITU-T X.690), as far as certificates need it. */
final class Der {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    private static final int SHORT_LENGTH = 0x80;
    private static final int LONG_FORM = 0x80;

    /** From this year on certificates have the longer form of a time (RFC 5280, 4.1.2.5). */
    private static final int LAST_SHORT_YEAR = 2049;

    private static final DateTimeFormatter SHORT_TIME = format("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter LONG_TIME = format("yyyyMMddHHmmss'Z'");

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return encode(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return encode(SET, parts);
    }

    static byte[] integer(BigInteger value) {
        return encode(INTEGER, value.toByteArray());
    }

    static byte[] yes() {
        return encode(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] content) {
        return encode(OCTET_STRING, content);
    }

    /**
     * A row of bits.
     *
     * @param unused how many of the last byte's bits do not count
     */
    static byte[] bits(int unused, byte... content) {
        return encode(BIT_STRING, new byte[] {(byte) unused}, content);
    }

    static byte[] text(String value) {
        return encode(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An object identifier such as 2.5.4.3. */
    static byte[] identifier(String dotted) {
        String[] numbers = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
        for (int i = 2; i < numbers.length; i++) {
            int number = Integer.parseInt(numbers[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (number >>> shift != 0) {
                    content.write(((number >>> shift) & 0x7f) | 0x80);
                }
            }
            content.write(number & 0x7f);
        }
        return encode(OBJECT_IDENTIFIER, content.toByteArray());
    }

    static byte[] time(Instant time) {
        boolean isShort = time.atOffset(ZoneOffset.UTC).getYear() <= LAST_SHORT_YEAR;
        String text = (isShort ? SHORT_TIME : LONG_TIME).format(time);
        return encode(isShort ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A value with a tag of its context around it. */
    static byte[] tagged(int tag, byte[] value) {
        return encode(CONTEXT | CONSTRUCTED | tag, value);
    }

    /** Bytes with a tag of their context instead of that of their type. */
    static byte[] retagged(int tag, byte[] content) {
        return encode(CONTEXT | tag, content);
    }

    private static byte[] encode(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < SHORT_LENGTH) {
            out.write(length);
        } else {
            byte[] bytes = unsigned(length);
            out.write(LONG_FORM | bytes.length);
            out.writeBytes(bytes);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] unsigned(int length) {
        byte[] bytes = BigInteger.valueOf(length).toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
