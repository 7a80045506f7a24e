package streamset.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and values of PostgreSQL parameters in the form of postgresql.conf. */
public final class PostgresParameter {
    // guc-file.l: ID, QUALIFIED_ID; only in SQL, a name can also contain a $
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)?");
    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]+");

    /** Directives that look like a parameter in a conf file, and read another file. */
    public static final Set<String> INCLUDES = Set.of("include", "include_dir", "include_if_exists");

    private PostgresParameter() {}

    /** Whether a line of postgresql.conf can begin with it. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The name as PostgreSQL compares it: ASCII letters in lower case. */
    public static String name(String text) {
        return UPPER_CASE.matcher(text).replaceAll(letters -> letters.group().toLowerCase(Locale.ROOT));
    }

    /**
     * @return the text itself
     * @throws IllegalArgumentException when no line of postgresql.conf can contain it
     */
    public static String value(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must be a single line without NUL bytes");
        }
        return text;
    }
}
