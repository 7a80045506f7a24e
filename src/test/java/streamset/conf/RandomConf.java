package streamset.conf;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts of postgresql.conf with everything in them that its lexical rules tell apart; the same ones for the same seed. */
final class RandomConf {
    private static final int LINES = 24;
    private static final int PIECES = 12; // of a quoted value, or of a line of noise

    /** Parameters that take any text, and take it without a restart. */
    private static final List<String> NAMES = List.of(
            "log_line_prefix",
            "Log_Line_Prefix",
            "restore_command",
            "archive_cleanup_command",
            "recovery_end_command",
            "log_filename",
            "dynamic_library_path",
            "my.param",
            "MY.Param",
            "my.kparam",
            "my.\u212Aparam", // a Kelvin sign, whose lower case is k
            "my.größe");

    private static final List<String> DOUBTFUL_NAMES = List.of(
            "größe",
            "a.b.c",
            "my..param",
            "my.",
            ".my",
            "my-param",
            "my$param",
            "my.$param",
            "my/param",
            "1a",
            "_",
            "'my.param'",
            "\"my.param\"",
            "includes");

    private static final List<String> BARE_VALUES = List.of(
            "on",
            "grün",
            "“x”",
            "a.b",
            "a.b.c",
            "a.1",
            "a..b",
            "a.",
            "a-b",
            "Europe/Berlin",
            "a:b",
            "_",
            "64MB",
            "64 MB",
            "64kB8",
            "1_000",
            "0x1F",
            "0x1FkB",
            "0X1F",
            "0x",
            "00x1",
            "1.5",
            "1.5GB",
            "1e5",
            "1.5e3",
            "1.5E-3",
            "1.5e",
            "1.e+7",
            ".5",
            ".",
            "+.",
            "-1",
            "+5",
            "-",
            "+-1",
            "1.2.3",
            "10.0.0.1",
            "*",
            "$user",
            "/a/b",
            "%m",
            "a,b",
            "a, b",
            "\"x\"",
            "50%",
            "=",
            "",
            "''",
            "'",
            "'a",
            "'it's'",
            "'a\\'",
            "'a' 'b'",
            "'a''",
            "a'b'",
            "\\n",
            "~",
            "a=b");

    private static final List<String> QUOTED_PIECES = List.of(
            "a",
            "8",
            " ",
            "''",
            "\\'",
            "\\\\",
            "\\n",
            "\\t",
            "\\b",
            "\\f",
            "\\r",
            "\\8",
            "\\x",
            "\\#",
            "\\\"",
            "\\ö",
            "\\101",
            "\\1018",
            "\\41x",
            "\\7y",
            "\\501",
            "\\303\\266",
            "#",
            "=",
            "\t",
            "\r",
            "\f",
            "\u000B",
            "\u0001",
            "ö",
            "日",
            "😀",
            "\u00A0",
            "\"",
            ",",
            "%",
            "$");

    private static final List<String> GAPS = List.of("", " ", " ", "\t", "\r", "  \t", "\f", "\u000B");
    private static final List<String> EQUALS = List.of("=", "=", "=", "=", "", "", "==", ":");
    private static final List<String> TAILS = List.of(
            "",
            "",
            "",
            "",
            " ",
            "\t",
            "\r",
            " # a comment",
            "#",
            "# 'x",
            " \r # a\rb = c",
            " junk",
            ";",
            "'x'",
            "\f",
            "\\",
            " = 1",
            "ö");
    private static final List<String> ENDS = List.of("\n", "\n", "\n", "\r\n");

    private static final List<String> NOISE = List.of(
            "a", "b.c", "E", "x", "Z", "_", "0", "0x", "1", "8", "9", ".", "..", "-", "+", "=", "'", "''", "'a'", "\"",
            "\\", "#", ",", ":", "/", "$", "%", " ", " ", " ", "\t", "\r", "\f", "\u000B", "\u007F", "ö", "日", "😀",
            "“");

    private final Random random;

    RandomConf(long seed) {
        random = new Random(seed);
    }

    /** Lines that set a parameter, many of them in a way that PostgreSQL cannot read. */
    String plausible() {
        return lines(this::plausibleLine);
    }

    /** One of these lines, without its end. */
    String line() {
        return plausibleLine();
    }

    /** Lines that mean nothing. */
    String noise() {
        return lines(() -> some(PIECES, () -> pick(NOISE)).replaceAll("\\\\([0-7])", "\\\\x$1")); // no octal escapes
    }

    /** Settings that the program could add, each with a value of its own. */
    List<AddedLine> settings() {
        return NAMES.stream()
                .filter(name -> name.matches("[a-z_.]+"))
                .map(name -> new AddedLine(
                        name, some(PIECES, () -> pick(QUOTED_PIECES)).replaceAll("[\n\r]", ""), "pinned: why"))
                .toList();
    }

    private String lines(Supplier<String> line) {
        var text = some(LINES, () -> line.get() + pick(ENDS));
        return random.nextInt(4) == 0 ? text.replaceFirst("\r?\n\\z", "") : text;
    }

    private String plausibleLine() {
        if (random.nextInt(8) == 0) {
            return pick(GAPS) + pick(TAILS);
        }
        var name = pick(random.nextInt(6) == 0 ? DOUBTFUL_NAMES : NAMES);
        var value = random.nextInt(2) == 0 ? pick(BARE_VALUES) : "'" + some(PIECES, () -> pick(QUOTED_PIECES)) + "'";
        return Stream.of(pick(GAPS), name, pick(GAPS), pick(EQUALS), pick(GAPS), value, pick(TAILS))
                .collect(Collectors.joining());
    }

    private String some(int most, Supplier<String> piece) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> piece.get())
                .collect(Collectors.joining());
    }

    private String pick(List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
