package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An edit of the text leaves every other character alone. In the table, ⏎ is a line end. */
@Tag("unit")
class StackFileEditTest {
    private static final String BEGINNING = "# mine\nconfig:\n";
    private static final String END = "# the end\n";

    private static String lines(String cell) {
        return cell == null ? "" : cell.replace("⏎", "\n").replace("·", " ");
    }

    private static List<String> path(String words) {
        return List.of(words.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ··a:replicas: 3⏎                   | a:replicas           | 5    | ··a:replicas: 5⏎
            ··a:replicas: 3 # three⏎           | a:replicas           | 5    | ··a:replicas: 5 # three⏎
            ··a:replicas: "3"⏎··a:b: 1⏎        | a:replicas           | 5    | ··a:replicas: 5⏎··a:b: 1⏎
            ··a:b: 1⏎                          | a:replicas           | 5    | ··a:b: 1⏎··a:replicas: 5⏎
            ··a:s: {size: 1Gi}⏎                | a:s size             | 2Gi  | ··a:s: {size: 2Gi}⏎
            ··a:s: {size: 1Gi, c: x}⏎          | a:s d                | y    | ··a:s: {size: 1Gi, c: x, d: y}⏎
            ··a:s: {}⏎                         | a:s size             | 2Gi  | ··a:s: {size: 2Gi}⏎
            ··a:s:⏎····size: 1Gi⏎              | a:s size             | 2Gi  | ··a:s:⏎····size: 2Gi⏎
            ··a:s:⏎····size: 1Gi⏎··a:b: 1⏎     | a:s c                | x    | ··a:s:⏎····size: 1Gi⏎····c: x⏎··a:b: 1⏎
            ··a:s:⏎                            | a:s size             | 2Gi  | ··a:s: {size: 2Gi}⏎
            ··a:b: 1⏎                          | a:s v size           | 2Gi  | ··a:b: 1⏎··a:s: {v: {size: 2Gi}}⏎
            ··a:l: [1, 2]⏎                     | a:l [1]              | 5    | ··a:l: [1, 5]⏎
            ··a:l: [1, 2]⏎                     | a:l [2]              | 5    | ··a:l: [1, 2, 5]⏎
            ··a:l:⏎··- 1⏎··- 2⏎                | a:l [2]              | 5    | ··a:l:⏎··- 1⏎··- 2⏎··- 5⏎
            ··a:b: 1⏎                          | a:l [0]              | 5    | ··a:b: 1⏎··a:l: [5]⏎
            ··a:t: >⏎····two⏎····lines⏎        | a:t                  | one  | ··a:t: one⏎
            ··a:t: >-⏎····two⏎····lines⏎··a:b: 1⏎ | a:t               | one  | ··a:t: one⏎··a:b: 1⏎
            ··replicas: 3⏎                     | streamset:replicas   | 5    | ··replicas: 5⏎
            ··streamset:config:replicas: 3⏎    | streamset:replicas   | 5    | ··streamset:config:replicas: 5⏎
            """)
    void setsAValue(String before, String path, String value, String after) {
        assertEquals(
                Optional.of(BEGINNING + lines(after) + END),
                StackFileEdit.set(BEGINNING + lines(before) + END, path(path), value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ··a:b: 1⏎··a:replicas: 3⏎          | a:replicas  | ··a:b: 1⏎
            ··a:replicas: 3 # three⏎··a:b: 1⏎  | a:replicas  | ··a:b: 1⏎
            ··a:s:⏎····x: 1⏎····y: 2⏎··a:b: 1⏎ | a:s         | ··a:b: 1⏎
            ··a:s:⏎····x: 1⏎····y: 2⏎          | a:s y       | ··a:s:⏎····x: 1⏎
            ··a:s: {x: 1, y: 2}⏎               | a:s x       | ··a:s: {y: 2}⏎
            ··a:s: {x: 1, y: 2}⏎               | a:s y       | ··a:s: {x: 1}⏎
            ··a:s: {x: 1}⏎                     | a:s x       | ··a:s: {}⏎
            ··a:s:⏎····x: 1⏎··a:b: 1⏎          | a:s x       | ··a:s:⏎····{}⏎··a:b: 1⏎
            ··a:l: [1, 2, 3]⏎                  | a:l [1]     | ··a:l: [1, 3]⏎
            """)
    void removesAValue(String before, String path, String after) {
        assertEquals(
                Optional.of(BEGINNING + lines(after) + END),
                StackFileEdit.remove(BEGINNING + lines(before) + END, path(path)));
    }

    @Test
    void removesNothingThatIsNotThere() {
        assertEquals(Optional.empty(), StackFileEdit.remove("config:\n  a:b: 1\n", List.of("a:c")));
    }

    @Test
    void writesTheFirstKey() {
        assertEquals(Optional.of("config: {a:b: 1}\n"), StackFileEdit.set("config: {}\n", List.of("a:b"), "1"));
        assertEquals(
                Optional.of("secretsprovider: x\nconfig: {a:b: 1}\n"),
                StackFileEdit.set("secretsprovider: x\n", List.of("a:b"), "1"));
    }

    @Test
    void endsALineThatHasNoEnd() {
        assertEquals(
                Optional.of("config:\n  a:b: 1\n  a:c: 2\n"),
                StackFileEdit.set("config:\n  a:b: 1", List.of("a:c"), "2"));
    }

    @Test
    void leavesAloneWhatIsNoYaml() {
        assertEquals(Optional.empty(), StackFileEdit.set("config: [", List.of("a:b"), "1"));
        assertEquals(Optional.empty(), StackFileEdit.set("- 1\n", List.of("a:b"), "1"));
    }
}
