package streamset.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, true",
        "192.168.1.7/32, true",
        "::/0, true",
        "fd00:1::/128, true",
        "10.0.0.0, false",
        "10.0.0/8, false",
        "010.0.0.0/8, false",
        "256.0.0.0/8, false",
        "fd00::1::/64, false",
        "fd00::/129, false",
        "example.org/8, false"
    })
    void isReadStrictly(String text, boolean isOne) {
        assertEquals(isOne, AddressRange.of(text).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.9.9.9/8, 10.1.0.0/16, true",
        "0.0.0.0/0, 255.255.255.255/32, true",
        "fd00::/8, fdff::/16, true",
        "10.0.0.0/8, 10.0.0.0/8, false",
        "10.0.0.0/8, 10.0.0.0/7, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, fd00::/8, false",
        "::/0, 10.0.0.0/8, false"
    })
    void containsWhatIsAPartOfIt(String whole, String part, boolean contained) {
        assertEquals(
                contained,
                AddressRange.of(whole)
                        .orElseThrow()
                        .contains(AddressRange.of(part).orElseThrow()));
    }
}
