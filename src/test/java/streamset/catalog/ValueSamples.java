package streamset.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts near what a parameter can be set to: right ones, nearly right ones, and nonsense. The same for the same seed. */
final class ValueSamples {
    private static final List<String> WORDS = List.of(
            "true",
            "false",
            "yes",
            "no",
            "on",
            "off",
            "1",
            "0",
            "t",
            "f",
            "y",
            "n",
            "o",
            "of",
            "truex",
            "",
            "01",
            "2",
            "default",
            "debug",
            "info",
            "archive",
            "hot_standby",
            "none",
            "any");
    private static final List<String> NUMBERS = List.of(
            "",
            ".5",
            "5.",
            "-.5",
            " .5",
            "+",
            "+7",
            "-1",
            "-0",
            "-0.4",
            "0.5",
            "1.5",
            "2.5",
            "08",
            "1e",
            "1,5",
            "1_000",
            "0x",
            "0x1.8",
            "0x1p3",
            "inf",
            "-inf",
            "infinity",
            "nan",
            "1e400",
            "1e-400",
            "0.000001",
            "2147483647.4",
            "2147483647.5",
            "99999999999999999999",
            "0xffffffffffffffffff",
            "07777777777777777777777");
    private static final List<String> UNITS = List.of(
            "B", "kB", "MB", "GB", "TB", "PB", "us", "ms", "s", "min", "h", "d", "KB", "mb", "Mi", "M", "MBytes", "sec",
            "D", "m", "8kB", "e", "x", "GB2", "MB MB", ".", "'", "%");
    private static final List<String> BLANKS = List.of("", "", "", " ", "  ", "\t");
    private static final List<String> SEPARATORS = List.of(",", ",", ", ", ", ", " ,", ",,", " ", ";");
    private static final String LETTERS = "0123456789.-+eExXkMGTBmsdh _#,()\"*";

    /** Words for the texts that have a grammar. */
    private static final Map<String, List<String>> VOCABULARY = Map.of(
            "log_destination", List.of("stderr", "csvlog", "jsonlog", "syslog", "eventlog", "file"),
            "log_connections",
                    List.of("receipt", "authentication", "authorization", "setup_durations", "all", "on", "off", "tru"),
            "createrole_self_grant", List.of("set", "inherit", "admin"),
            "debug_io_direct", List.of("data", "wal", "wal_init", "all"),
            "restrict_nonsystem_relation_kind", List.of("view", "foreign-table", "table"),
            "DateStyle",
                    List.of(
                            "iso",
                            "sql",
                            "postgres",
                            "german",
                            "ymd",
                            "dmy",
                            "mdy",
                            "us",
                            "euro",
                            "noneuropean",
                            "default"),
            "synchronous_standby_names",
                    List.of(
                            "a", "*", "1", "23", "\"b-c\"", "d-e", "any", "first", "anyone", "s_1$", "größe", "\"\"",
                            "2x"));

    private final Random random;

    ValueSamples(long seed) {
        this.random = new Random(seed);
    }

    /** Whether there are texts to try: a parameter of plain text takes any. */
    static boolean exist(Parameter parameter) {
        return !(parameter.type() instanceof StringType) || VOCABULARY.containsKey(parameter.name());
    }

    String near(Parameter parameter) {
        var text = parameter.type() instanceof StringType
                ? list(parameter.name(), VOCABULARY.get(parameter.name()))
                : value(parameter.type());
        return random.nextInt(8) == 0 ? mutated(text) : text;
    }

    private String list(String name, List<String> words) {
        var list = Stream.generate(() -> random.nextInt(6) == 0 ? '"' + any(words) + '"' : anyCase(any(words)))
                .limit(random.nextInt(4))
                .collect(Collectors.joining(any(SEPARATORS)));
        if (name.equals("synchronous_standby_names") && random.nextInt(3) > 0) {
            return any(List.of("", "ANY ", "first ", "ANY", "all ")) + any(List.of("0", "1", "2", "02", ""))
                    + any(BLANKS) + "(" + list + ")";
        }
        return any(BLANKS) + list + any(BLANKS);
    }

    private String value(ValueType type) {
        if (type instanceof IntegerType integer) {
            return any(BLANKS) + number(integer.min(), integer.max()) + unit(type) + any(BLANKS);
        }
        if (type instanceof RealType real) {
            return any(BLANKS) + number(real.min(), Math.min(real.max(), 1e12)) + unit(type) + any(BLANKS);
        }
        return anyCase(any(type instanceof EnumType choice && random.nextInt(3) > 0 ? choice.values() : WORDS));
    }

    private String number(double min, double max) {
        return switch (random.nextInt(12)) {
            case 0 -> whole(min);
            case 1 -> whole(min - 1);
            case 2 -> whole(max);
            case 3 -> whole(max + 1);
            case 4 -> whole(min + random.nextDouble() * (max - min));
            case 5 -> Integer.toString(random.nextInt(100));
            case 6 -> Double.toString(random.nextInt(4000) / 1000.0);
            case 7 -> any(List.of("", "-", "+")) + "0x" + Integer.toHexString(random.nextInt(1 << random.nextInt(31)));
            case 8 -> "0" + Integer.toOctalString(random.nextInt(1 << random.nextInt(31)));
            case 9 -> random.nextInt(100) + "e" + (random.nextInt(12) - 4);
            case 10 -> Double.toString(Math.pow(10, random.nextInt(20) - 6) * random.nextDouble());
            default -> any(NUMBERS);
        };
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private String unit(ValueType type) {
        boolean with = type.counted().isPresent() ? random.nextInt(3) > 0 : random.nextInt(12) == 0;
        return with ? any(BLANKS) + any(UNITS) : "";
    }

    private String mutated(String text) {
        int at = random.nextInt(text.length() + 1);
        var before = text.substring(0, at);
        var after = text.substring(Math.min(at + 1, text.length()));
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        return switch (random.nextInt(3)) {
            case 0 -> before + letter + text.substring(at);
            case 1 -> before + letter + after;
            default -> before + after;
        };
    }

    private String anyCase(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
            default -> text;
        };
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
