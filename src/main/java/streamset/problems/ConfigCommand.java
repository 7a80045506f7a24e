package streamset.problems;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that change the configuration, for remedies. All of them are written here, with the flags without which the
 * Pulumi CLI refuses them, and a test runs them through it.
 *
 * @param path of the section that holds the key: {@code streamset:}, or {@code streamset:wal.} within an object
 * @param secret whether the value is kept encrypted
 */
public record ConfigCommand(String path, String key, boolean secret) {
    private static final String PULUMI_CONFIG = "pulumi config ";
    private static final String QUOTED = "'(?:[^']|'\\\\'')*'";

    // what the CLI takes for the name of a secret (config.go, keyPattern): it wants to be told that it is none
    private static final Pattern LIKE_A_SECRET = Pattern.compile("(?i)pass|pwd|secret|token");
    private static final Pattern NAME = Pattern.compile("[^.\\[\\]\"\\\\]+"); // a step of a path that needs no brackets
    private static final Pattern AS_IT_IS =
            Pattern.compile("<.*>|\"\\$\\(.*\\)\""); // for somebody, or the shell, to fill in
    private static final String WORD = "(" + QUOTED + "|[^\\s,;)]+)";
    private static final Pattern WRITTEN = Pattern.compile(PULUMI_CONFIG + "(?:rm( --path)? " + WORD
            + "|set((?: --[a-z]+)*) " + WORD + "(?: --)? (\"\\$\\([^\"]*\\)\"|<[^>]*>|" + WORD + "))");

    /** Sets the key. */
    public String set(String value) {
        var word = AS_IT_IS.matcher(value).matches() ? value : ShellWord.quoted(value);
        return PULUMI_CONFIG + "set" + protection() + target() + (value.startsWith("-") ? " -- " : " ") + word;
    }

    /** Removes the key. */
    public String remove() {
        return PULUMI_CONFIG + "rm" + target();
    }

    /** Removes what is no object, and sets the fields of one instead. */
    public String reset() {
        return resetTo(" field", ".<field>");
    }

    /** Removes what is no list, and sets the elements of one instead. */
    public String resetList() {
        return resetTo("", "[0]");
    }

    private String resetTo(String part, String step) {
        return remove() + ", then set each" + part + ": " + PULUMI_CONFIG + "set" + protection() + " --path '" + path
                + key + step + "' <value>";
    }

    private String protection() {
        if (secret) {
            return " --secret";
        }
        return LIKE_A_SECRET.matcher(name()).find() ? " --plaintext" : "";
    }

    private String name() {
        return (path + key).substring(path.indexOf(':') + 1);
    }

    private String target() {
        if (!path.endsWith(".")) {
            return " " + ShellWord.quoted(path + key);
        }
        // a name with a dot of its own is no path of two steps
        var full = NAME.matcher(key).matches()
                ? path + key
                : path.substring(0, path.length() - 1) + "[\"" + key.replace("\"", "\\\"") + "\"]";
        return " --path " + ShellWord.always(full);
    }

    /**
     * A command that {@link ConfigCommand} wrote, read again.
     *
     * @param key with its namespace; with {@code isPath} the whole path
     * @param value empty for a command that removes
     */
    public record Written(String key, boolean isPath, boolean isSecret, Optional<String> value) {
        private static Written of(MatchResult found) {
            return found.group(2) != null
                    ? new Written(ShellWord.unquoted(found.group(2)), found.group(1) != null, false, Optional.empty())
                    : new Written(
                            ShellWord.unquoted(found.group(4)),
                            found.group(3).contains("--path"),
                            found.group(3).contains("--secret"),
                            Optional.of(ShellWord.unquoted(found.group(5))));
        }
    }

    /** A text with other words in place of each command in it. */
    public static String replaced(String text, Function<Written, String> words) {
        return WRITTEN.matcher(text).replaceAll(found -> Matcher.quoteReplacement(words.apply(Written.of(found))));
    }

    /** The commands in a text, as they stand there. */
    public static List<String> in(String text) {
        return WRITTEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
