package streamset.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TextDigestTest {
    @Test
    void isWhatSha256sumOfTheScriptBeginsWith() {
        assertEquals("sha256:1d95fc04a80c952f", TextDigest.of("#!/usr/bin/env bash\n"));
    }

    @Test
    void changesWithTheScript() {
        assertNotEquals(TextDigest.of("exit 0\n"), TextDigest.of("exit 1\n"));
    }

    @Test
    void isTheSameForTheScriptAndForItsDigest() {
        var digest = TextDigest.of("exit 0\n");
        assertEquals(digest, TextDigest.of(digest));
    }
}
