package streamset.problems;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ProblemsTest {
    @Test
    void shortenAValueOfWhichNobodyNeedsTheEnd() {
        var text = new Problem("subject", "[".repeat(3000), "reason", "fix").text();
        assertEquals(
                "subject              = " + "[".repeat(299) + "…",
                text.lines().findFirst().orElseThrow());
    }

    private final Problems problems = new Problems();

    @Test
    void letTheProgramGoOnWhenThereAreNone() {
        assertTrue(problems.isEmpty());
        assertDoesNotThrow(problems::throwIfAny);
    }

    @Test
    void areToldAllAtOnceInTheOrderTheyWereFound() {
        problems.add("short", "1", "is short", "make it longer");
        problems.add("a.subject.longer.than.the.label", "2", "is long", "make it shorter");
        assertFalse(problems.isEmpty());
        var refusal = assertThrows(BadInput.class, problems::throwIfAny);
        assertEquals("""
                2 problems, nothing was changed

                short                = 1
                problem              : is short
                fix                  : make it longer

                a.subject.longer.than.the.label = 2
                problem                         : is long
                fix                             : make it shorter
                """, refusal.getMessage());
    }

    @Test
    void goOnWithWarnings() {
        problems.warn("pg_hba.conf:9", "host all all all trust", "is never reached", "delete line 9");
        assertDoesNotThrow(problems::throwIfAny);
        assertEquals(
                List.of(new Problem("pg_hba.conf:9", "host all all all trust", "is never reached", "delete line 9")),
                problems.warnings());
    }

    /** A terminal would follow the one, and people would take the other for a line of the program. */
    @Test
    void showNoControlCharactersAndNoLinesOfTheirOwnFromOutside() {
        var problem = new Problem(
                "a.conf:1\u001B[2J", "x\u0007\nfix : rm -rf /\t.", "\u001B]0;x \u202E is no name", "delete \u009Bit");

        assertEquals("""
                a.conf:1\uFFFD[2J         = x\uFFFD fix : rm -rf / .
                problem              : \uFFFD]0;x \uFFFD is no name
                fix                  : delete \uFFFDit""", problem.text());
    }
}
