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
        var ip = IpAddress.parse(text).orElseThrow();
        var hex = HexFormat.of();
        assertEquals(
                bits,
                ip.family() == IpAddress.Family.IPV4
                        ? hex.toHexDigits(ip.low(), 8)
                        : hex.toHexDigits(ip.high()) + hex.toHexDigits(ip.low()));
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
        "10.0.0.0, 8,   10.1.2.3, 32,  true",
        "10.9.9.9, 8,   10.1.2.3, 32,  true",
        "10.0.0.0, 8,   11.0.0.0, 32,  false",
        "10.0.0.0, 8,   10.0.0.0, 7,   false",
        "0.0.0.0,  0,   10.0.0.0, 1,   true",
        "0.0.0.0,  0,   ::1,      128, false",
        "::,       0,   ::1,      128, true",
        "::,       0,   10.0.0.0, 8,   false",
        "fd00::,   64,  fd00::1,  65,  true",
        "fd00::,   65,  fd00::,   64,  false",
        "fd00::,   127, fd00::1,  128, true",
        "fd00::,   128, fd00::1,  128, false",
    })
    void makesANetworkThatCoversOthers(String outer, int outerLength, String inner, int innerLength, boolean covers) {
        assertEquals(covers, network(outer, outerLength).covers(network(inner, innerLength)));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 32,  true",
        "127.0.0.0, 8,   true",
        "126.0.0.0, 7,   false",
        "::1,       128, true",
        "::1,       127, false",
        "10.0.0.1,  32,  false",
    })
    void makesANetworkWithinAPodOrNot(String address, int length, boolean loopback) {
        assertEquals(loopback, network(address, length).isLoopback());
    }

    private static IpNetwork network(String address, int length) {
        return IpNetwork.of(IpAddress.parse(address).orElseThrow(), length);
    }
}
