package streamset.problems;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that change the configuration, for remedies. Only this class writes them, with the flags that the Pulumi CLI
 * requires, and a test runs them with the CLI.
 *
 * @param path of the section with the key: {@code streamset:}, or {@code streamset:wal.} within an object
 * @param secret whether the value is kept encrypted
 */
public record ConfigCommand(String path, String key, boolean secret) {
    private static final String PULUMI_CONFIG = "pulumi config ";
    private static final String QUOTED = "'(?:[^']|'\\\\'')*'";

    // names that the CLI takes for those of secrets (config.go, keyPattern): it then requires --plaintext or --secret
    private static final Pattern LIKE_A_SECRET = Pattern.compile("(?i)pass|pwd|secret|token");
    private static final Pattern NAME = Pattern.compile("[^.\\[\\]\"\\\\]+"); // a step of a path without brackets
    private static final Pattern AS_IT_IS =
            Pattern.compile("<.*>|\"\\$\\(.*\\)\""); // for the user or the shell to fill in
    private static final String WORD = "(" + QUOTED + "|[^\\s,;)]+)";
    private static final Pattern WRITTEN = Pattern.compile(PULUMI_CONFIG + "(--stack [^\\s]+ )?(?:rm( --path)? " + WORD
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

    /** Removes a value that is not an object, and sets the fields of an object instead. */
    public String reset() {
        return resetTo(" field", ".<field>");
    }

    /** Sets one element of a list. */
    public String setElement(int index, String value) {
        return PULUMI_CONFIG + "set" + protection() + " --path " + ShellWord.always(path + key + "[" + index + "]")
                + (value.startsWith("-") ? " -- " : " ")
                + (AS_IT_IS.matcher(value).matches() ? value : ShellWord.quoted(value));
    }

    /** Removes a value that is not a list of objects, and sets the fields of these instead. */
    public String resetObjects() {
        return resetTo(" field", "[0].<field>");
    }

    /** Removes a value that is not a list, and sets the elements of a list instead. */
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
        return path.endsWith(".") ? " --path " + ShellWord.always(step(path, key)) : " " + ShellWord.quoted(path + key);
    }

    /**
     * The path of a field. A name that contains a dot is not a path of two steps.
     *
     * @param path of the object, with a dot at its end
     */
    public static String step(String path, String key) {
        return NAME.matcher(key).matches()
                ? path + key
                : path.substring(0, path.length() - 1) + "[\"" + key.replace("\"", "\\\"") + "\"]";
    }

    /**
     * A command that {@link ConfigCommand} wrote, parsed again.
     *
     * @param key with its namespace; if {@code isPath}, the whole path
     * @param value empty for a command that removes
     */
    public record Written(String key, boolean isPath, boolean isSecret, Optional<String> value) {
        private static Written of(MatchResult found) {
            return found.group(3) != null
                    ? new Written(ShellWord.unquoted(found.group(3)), found.group(2) != null, false, Optional.empty())
                    : new Written(
                            ShellWord.unquoted(found.group(5)),
                            found.group(4).contains("--path"),
                            found.group(4).contains("--secret"),
                            Optional.of(ShellWord.unquoted(found.group(6))));
        }
    }

    /** A text in which other words replace each command. */
    public static String replaced(String text, Function<Written, String> words) {
        return replaced(text, (command, itself) -> words.apply(command));
    }

    /** The same, with the command itself for those that stay as they are. */
    public static String replaced(String text, BiFunction<Written, String, String> words) {
        return WRITTEN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(words.apply(Written.of(found), found.group())));
    }

    /** A text in which each command for a key of one namespace changes the same key of another one. */
    public static String renamed(String text, String namespace, String another) {
        var key = Pattern.compile("(?<=[ '])" + Pattern.quote(namespace + ":"));
        return replaced(
                text, (command, itself) -> key.matcher(itself).replaceFirst(Matcher.quoteReplacement(another + ":")));
    }

    /** A text in which each command names a stack, whichever one is selected. */
    public static String ofStack(String text, Function<Written, String> stack) {
        return WRITTEN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(PULUMI_CONFIG + "--stack "
                        + ShellWord.quoted(stack.apply(Written.of(found))) + " "
                        + found.group()
                                .substring(PULUMI_CONFIG.length()
                                        + Optional.ofNullable(found.group(1))
                                                .orElse("")
                                                .length())));
    }

    /** The commands in a text, verbatim. */
    public static List<String> in(String text) {
        return WRITTEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
