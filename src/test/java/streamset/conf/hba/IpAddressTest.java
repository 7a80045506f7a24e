package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link HbaAcceptanceTest} holds many more against real servers. */
@Tag("unit")
class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3,        0a010203",
        "127.1,           7f000001",
        "1.2.65535,       0102ffff",
        "10,              0000000a",
        "010.0.0.1,       08000001",
        "0x0A.1,          0a000001",
        "4294967295,      ffffffff",
        "::,              00000000000000000000000000000000",
        "::1,             00000000000000000000000000000001",
        "fd00::a:B,       fd0000000000000000000000000a000b",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "::ffff:10.0.0.1, 00000000000000000000ffff0a000001",
    })
    void isReadAsPostgresDoes(String text, String bits) {
        assertEquals(bits, bits(IpAddress.parse(text).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "256.0.0.1",
                "1.2.3.4.5",
                "1.2.3.",
                "08.0.0.1",
                "1.2.65536",
                "4294967296",
                "-1",
                " 1",
                "0x",
                ":",
                ":::",
                "1:2",
                "12345::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "::g",
                "[::1]",
            })
    void isNoneOfThese(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4, 0,   00000000",
        "IPV4, 9,   ff800000",
        "IPV4, 32,  ffffffff",
        "IPV6, 0,   00000000000000000000000000000000",
        "IPV6, 9,   ff800000000000000000000000000000",
        "IPV6, 64,  ffffffffffffffff0000000000000000",
        "IPV6, 65,  ffffffffffffffff8000000000000000",
        "IPV6, 128, ffffffffffffffffffffffffffffffff",
    })
    void isAMaskOfALength(IpAddress.Family family, int length, String bits) {
        assertEquals(bits, bits(IpAddress.mask(family, length)));
    }

    private static String bits(IpAddress ip) {
        var hex = HexFormat.of();
        return ip.family() == IpAddress.Family.IPV4
                ? hex.toHexDigits(ip.low(), 8)
                : hex.toHexDigits(ip.high()) + hex.toHexDigits(ip.low());
    }
}
