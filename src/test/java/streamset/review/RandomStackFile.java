package streamset.review;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stack files that nobody would write, most of which the engine reads all the same. */
final class RandomStackFile {
    private static final List<String> SCALARS = List.of(
            "5",
            "-7",
            "+3",
            "010",
            "0x1f",
            "0o17",
            "0b11",
            "1_000",
            "1e3",
            ".5",
            "1.0",
            "-0.0",
            "1e21",
            "1e-7",
            "08",
            "18446744073709551615",
            "9223372036854775808",
            "-9223372036854775809",
            "123456.789",
            "1e6",
            "yes",
            "no",
            "on",
            "off",
            "true",
            "True",
            "FALSE",
            "null",
            "~",
            "",
            "\"\"",
            "''",
            "\"5\"",
            "'true'",
            "text",
            "two words",
            "it's",
            "\"a\\nb\"",
            "'a ''b'''",
            "2001-01-01",
            "2001-1-2 3:4:5",
            "2001-12-14T21:59:43.1+02:00",
            "12:30",
            "a:b",
            "-",
            "<b>",
            "!!str 5",
            "!!int \"5\"",
            "!own x",
            "&a x",
            "&b 5",
            "*a",
            "*b",
            "{secure: abc}",
            "|\n      a\n       b\n",
            ">-\n      a\n      b\n",
            "512Mi",
            "8MB",
            "30min",
            "1.2.3",
            ".",
            "e5",
            "0x",
            "1e999",
            "ü",
            "#x",
            "a #b",
            "%x",
            "@x",
            "!!bool yes",
            "[",
            "}",
            "\"\\q\"",
            ".inf",
            "x: y");
    // what may hold anything, and keys in all their spellings
    private static final List<String> KEYS = List.of(
            "x",
            "y",
            "z",
            "streamset:x",
            "streamset:y",
            "other:x",
            "other:config:y",
            "streamset:config:z",
            "\"q\"",
            "'streamset:q'",
            "a.b",
            "\"a b\"",
            "kubernetes:context",
            "? w");
    private static final List<String> NAMES = List.of("a", "b", "c", "secure", "\"d\"", "5", "true", "on", "<<", "f.g");

    private final Random random;

    RandomStackFile(Random random) {
        this.random = random;
    }

    String text() {
        var anchors = random.nextBoolean() ? "" : "anchors: [&a " + flow(2) + ", &b " + object(2) + "]\n";
        var keys = IntStream.rangeClosed(0, random.nextInt(5))
                .mapToObj(i -> "  " + key() + ": " + value())
                .collect(Collectors.joining("\n", "", "\n"));
        var merge = random.nextInt(8) == 0 ? "  <<: *b\n" : "";
        return anchors + "config:\n" + merge + keys;
    }

    private String key() {
        return random.nextInt(4) > 0 ? "key" + random.nextInt(1000) : one(KEYS);
    }

    private String value() {
        return switch (random.nextInt(4)) {
            case 0 -> flow(3);
            case 1 -> "\n" + block("    ", 2);
            default -> scalar();
        };
    }

    private String block(String indentation, int depth) {
        boolean list = random.nextBoolean();
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> indentation
                        + (list ? "- " : name() + ": ")
                        + (depth > 0 && random.nextInt(3) == 0 ? "\n" + block(indentation + "  ", depth - 1) : flow(1)))
                .collect(Collectors.joining("\n"));
    }

    private String flow(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return scalar();
        }
        return random.nextBoolean()
                ? object(depth)
                : IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> flow(depth - 1))
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private String object(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> name() + ": " + flow(depth - 1))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String name() {
        return random.nextInt(3) > 0 ? "n" + random.nextInt(100) : one(NAMES);
    }

    /** The last ones, which are hardly YAML, are seldom taken: else no file would be left that can be read. */
    private String scalar() {
        int usual = SCALARS.indexOf("%x");
        return SCALARS.get(random.nextInt(random.nextInt(40) == 0 ? SCALARS.size() : usual));
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
