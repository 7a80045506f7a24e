package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real servers take it and let the password in: see VerifierAcceptanceTest. */
@Tag("unit")
class ScramVerifierTest {
    @Test
    void hasTheFormThatServersStore() {
        var verifier = ScramVerifier.of("it's a \\ password ~", "here").orElseThrow();
        assertTrue(
                verifier.matches("SCRAM-SHA-256\\$4096:[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}="),
                verifier);
    }

    @Test
    void isTheSameForTheSameAndAnotherForAnotherPasswordOrPlace() {
        var one = ScramVerifier.of("one", "here").orElseThrow();
        assertEquals(one, ScramVerifier.of("one", "here").orElseThrow());
        var others = Set.of(
                ScramVerifier.of("one", "there").orElseThrow(),
                ScramVerifier.of("two", "here").orElseThrow());
        assertEquals(2, others.size());
        for (String other : others) {
            // neither the salt nor a key
            for (int part = 1; part <= 3; part++) {
                assertNotEquals(one.split("[:$]")[part + 1], other.split("[:$]")[part + 1]);
            }
        }
    }

    /** PostgreSQL normalizes it, or takes its bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"", "gr\u00f6\u00dfer", "\u00a0", "tab\t", "\u007f", "\ud83d\ude00"})
    void isNotMadeOfWhatIsNotPrintableAscii(String password) {
        assertEquals(Optional.empty(), ScramVerifier.of(password, "here"));
    }
}
