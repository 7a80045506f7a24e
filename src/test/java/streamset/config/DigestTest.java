package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DigestTest {
    private static final String SIXTEEN_HEXADECIMAL_DIGITS = "[0-9a-f]{16}";

    @Test
    void isTheSameForTheSameTexts() {
        assertEquals(Digest.of("one", "two"), Digest.of("one", "two"));
        assertTrue(Digest.of("one").matches(SIXTEEN_HEXADECIMAL_DIGITS));
    }

    @Test
    void isTheBeginningOfSha256OverLengthAndText() {
        assertEquals("aab5f9ae99b2e38f", Digest.of("abc")); // printf 3:abc | sha256sum
    }

    @Test
    void changesWithTextOrderAndBorders() {
        var digest = Digest.of("ab", "c");
        assertNotEquals(digest, Digest.of("ab", "d"));
        assertNotEquals(digest, Digest.of("c", "ab"));
        assertNotEquals(digest, Digest.of("a", "bc"));
        assertNotEquals(digest, Digest.of("abc"));
    }

    @Test
    void ofASecretDependsOnSecretAndSalt() {
        var digest = Digest.ofSecret("hunter2", "one/place");
        assertTrue(digest.matches("[0-9a-f]{6}"), "longer, it would tell a right guess from a wrong one");
        assertEquals(digest, Digest.ofSecret("hunter2", "one/place"));
        assertNotEquals(digest, Digest.ofSecret("hunter3", "one/place"));
        assertNotEquals(digest, Digest.ofSecret("hunter2", "another/place"));
        assertNotEquals(digest, Digest.of("hunter2"));
    }
}
