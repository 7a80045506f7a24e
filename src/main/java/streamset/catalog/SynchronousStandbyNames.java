package streamset.catalog;

import java.util.regex.Pattern;

/** The check of synchronous_standby_names; syncrep_scanner.l and syncrep_gram.y. */
final class SynchronousStandbyNames {
    private static final String LETTER = "[A-Za-z_\\x{80}-\\x{10FFFF}]";
    private static final Pattern TOKEN = Pattern.compile("\\G\\s*(?:"
            + "(?<method>(?i:ANY|FIRST)(?!" + LETTER + "|[0-9$]))"
            + "|(?<number>[0-9]+)"
            + "|(?<name>" + LETTER + "(?:" + LETTER + "|[0-9$])*+|\"(?:[^\"]|\"\")*+\"|\\*)"
            + "|(?<sign>[,()]))\\s*");
    // in tokens: method, number, name, and the signs as they are
    private static final Pattern LIST = Pattern.compile("[NA](?:,[NA])*+");
    private static final Pattern COUNTED_LIST = Pattern.compile("M?N\\([NA](?:,[NA])*+\\)");
    private static final Pattern COUNT_OF_ZERO =
            Pattern.compile("(?i)\\s*(?:ANY\\s|FIRST\\s)?\\s*0+\\s*\\(.*", Pattern.DOTALL);
    private static final String EXAMPLE = "ANY 1 (\"postgresql-sfs-1\", \"postgresql-sfs-2\")";

    private SynchronousStandbyNames() {}

    static String check(String value) {
        var tokens = tokens(value);
        if (!value.isEmpty()
                && !LIST.matcher(tokens).matches()
                && !COUNTED_LIST.matcher(tokens).matches()) {
            throw new IllegalArgumentException(
                    "must be a list of standbys such as " + EXAMPLE + "; a name with a dash needs double quotes");
        }
        if (COUNT_OF_ZERO.matcher(value).matches()) {
            throw new IllegalArgumentException("must wait for at least one standby, such as " + EXAMPLE);
        }
        return value;
    }

    /** One letter for each token. */
    private static String tokens(String value) {
        var tokens = new StringBuilder();
        int end = 0;
        for (var matcher = TOKEN.matcher(value); matcher.find(); end = matcher.end()) {
            tokens.append(
                    matcher.group("method") != null
                            ? "M"
                            : matcher.group("number") != null
                                    ? "N"
                                    : matcher.group("name") != null ? "A" : matcher.group("sign"));
        }
        return end == value.length() ? tokens.toString() : tokens.append('?').toString();
    }
}
