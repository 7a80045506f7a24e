package streamset.fuzz;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts made of what parsers, shells, terminals and SQL stumble over. */
public final class HostileText {
    /** The file, role or database that there is if any of it is executed. */
    public static final String CANARY = "pwned";

    private static final int LONG = 20_000; // characters: more than any line or word that a server reads into a buffer

    private static final List<String> COMMANDS = List.of(
            "$(touch pwned)",
            "`touch pwned`",
            "${IFS}touch${IFS}pwned",
            "; touch pwned;",
            "| touch pwned",
            "&& touch pwned #",
            "a[$(touch pwned)]",
            "'; CREATE ROLE pwned; --",
            "\"; CREATE ROLE pwned; --",
            "'); CREATE ROLE pwned; --",
            "\\'; CREATE ROLE pwned; --",
            "$$; CREATE ROLE pwned; --",
            "\\! touch pwned",
            "\\o pwned",
            ":'owner'",
            ":{?owner}",
            "%I %s %n",
            "host=127.9.9.9 dbname=pwned");

    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "\"",
            "\"\"",
            "\\",
            "\\\\",
            "\\'",
            "`",
            "$",
            "$$",
            "#",
            "=",
            ",",
            ";",
            ":",
            "@",
            "*",
            "%",
            "/",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "<",
            ">",
            "|",
            "&",
            "!",
            "~",
            "?",
            "-",
            "--",
            "+",
            ".",
            "..",
            "_",
            " ",
            "  ",
            "\t",
            "\f",
            "\u000B",
            "\u0001",
            "\u001B[31m",
            "\u007F",
            "\u0085",
            "\u00A0",
            "\u2028",
            "\u200B",
            "\u202E",
            "\uFEFF",
            "\u00F6",
            "\u65E5",
            "\uD83D\uDE00",
            "\u212A",
            "\u0131",
            "\uFF07",
            "\u2019",
            "\u0430",
            "0",
            "1",
            "-1",
            "010",
            "0x1F",
            "1e9",
            "1e400",
            "nan",
            "2147483647",
            "2147483648",
            "9223372036854775808",
            "1_000",
            "on",
            "off",
            "yes",
            "null",
            "true",
            "a",
            "x.y",
            "kB",
            "MB",
            " MB",
            "min",
            "E'\\x41'",
            "\\000",
            "\\377",
            "\\n",
            "@file",
            "include",
            "include_if_exists",
            "all",
            "<<",
            "&a",
            "*a",
            "!!str ",
            "? ",
            "- ",
            ": ",
            "%TAG",
            "---",
            "...");

    private static final List<String> ENDS_OF_LINES = List.of("\n", "\r\n", "\r", "\\\n", "\n\n");

    private static final Pattern HALF_OF_A_CHARACTER = Pattern.compile("\\p{Cs}");

    private final Random random;

    public HostileText(Random random) {
        this.random = random;
    }

    /** A short text within one line, for a terminal or a file; without NUL. */
    public String piece() {
        return switch (random.nextInt(12)) {
            case 0 -> one(COMMANDS);
            case 1 -> Character.toString(1 + random.nextInt(0x2FF)).replaceAll("[\n\r]", "x");
            default -> one(PIECES);
        };
    }

    /** Some of them, one in some hundred of which is a very long one. */
    public String line(int most) {
        if (random.nextInt(400) == 0) {
            return one(PIECES).repeat(LONG / 4);
        }
        return Stream.generate(this::piece).limit(random.nextInt(most + 1)).collect(Collectors.joining());
    }

    /** The same over several lines, and now and then with a NUL. */
    public String text(int most) {
        var line = line(most);
        return switch (random.nextInt(12)) {
            case 0 -> line + one(ENDS_OF_LINES) + line(most);
            case 1 -> line + one(ENDS_OF_LINES);
            case 2 -> random.nextInt(4) == 0 ? line + "\0" + line(most) : line;
            default -> line;
        };
    }

    /** A text with something inserted, taken out, doubled or replaced in a few places. */
    public String mutated(String text, int most) {
        var mutated = text;
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            int from = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), from + random.nextInt(8));
            var between = switch (random.nextInt(4)) {
                case 0 -> "";
                case 1 -> mutated.substring(from, to).repeat(2);
                case 2 -> random.nextInt(4) == 0 ? one(ENDS_OF_LINES) : piece();
                default -> piece() + mutated.substring(from, to);
            };
            mutated = mutated.substring(0, from) + between + mutated.substring(to);
        }
        return HALF_OF_A_CHARACTER.matcher(mutated).replaceAll("?"); // such a text cannot be in a file
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
