package dev.pipelinebox.internal.cluster.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected bytes are those of the standards' examples and of openssl asn1parse. */
class DerTest {

    @Test
    void aLengthHasTheShortestForm() {
        assertThat(hex(Der.octets(new byte[127]))).startsWith("047f00").hasSize(2 * (2 + 127));
        assertThat(hex(Der.octets(new byte[128]))).startsWith("04818000").hasSize(2 * (3 + 128));
        assertThat(hex(Der.octets(new byte[256]))).startsWith("0482010000").hasSize(2 * (4 + 256));
        assertThat(hex(Der.octets(new byte[40_000]))).startsWith("04829c4000").hasSize(2 * (4 + 40_000));
    }

    @Test
    void anIdentifierHasSevenBitsInAByte() {
        assertThat(hex(Der.identifier("2.5.4.3"))).isEqualTo("0603550403");
        assertThat(hex(Der.identifier("1.2.840.10045.4.3.2"))).isEqualTo("06082a8648ce3d040302");
        assertThat(hex(Der.identifier("1.2.840.113549"))).isEqualTo("06062a864886f70d");
    }

    @Test
    void aPositiveNumberStaysPositive() {
        assertThat(hex(Der.integer(BigInteger.valueOf(127)))).isEqualTo("02017f");
        assertThat(hex(Der.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
    }

    @Test
    void aTimeHasTwoDigitsOfTheYearUntil2049AndFourLater() {
        assertThat(hex(Der.time(Instant.parse("2049-12-31T23:59:59Z"))))
                .isEqualTo("170d" + hex("491231235959Z".getBytes(StandardCharsets.US_ASCII)));
        assertThat(hex(Der.time(Instant.parse("2050-01-01T00:00:00Z"))))
                .isEqualTo("180f" + hex("20500101000000Z".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void bitsSayHowManyDoNotCount() {
        assertThat(hex(Der.bits(7, (byte) 0x80))).isEqualTo("03020780");
    }

    @Test
    void aTagOfTheContextIsAroundAValueOrInsteadOfItsOwn() {
        assertThat(hex(Der.tagged(3, Der.yes()))).isEqualTo("a3030101ff");
        assertThat(hex(Der.retagged(6, new byte[] {0x61}))).isEqualTo("860161");
        assertThat(hex(Der.set(Der.sequence(Der.text("a"))))).isEqualTo("310530030c0161");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
