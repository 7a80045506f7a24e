package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ScriptDigestTest {
    @Test
    void isWhatSha256sumOfTheScriptBeginsWith() {
        assertEquals("sha256:1d95fc04a80c952f", ScriptDigest.of("#!/usr/bin/env bash\n"));
    }

    @Test
    void changesWithTheScript() {
        assertNotEquals(ScriptDigest.of("exit 0\n"), ScriptDigest.of("exit 1\n"));
    }

    @Test
    void isTheSameForTheScriptAndForItsDigest() {
        var digest = ScriptDigest.of("exit 0\n");
        assertEquals(digest, ScriptDigest.of(digest));
    }

    @Test
    void isTakenOfScriptsAndOfNothingElse() {
        assertTrue(ScriptDigest.isScript("start.sh"));
        assertTrue(ScriptDigest.isScript("shared.log.sh"));
        assertFalse(ScriptDigest.isScript("postgresql.conf"));
        assertFalse(ScriptDigest.isScript("topology.sh"));
    }
}
