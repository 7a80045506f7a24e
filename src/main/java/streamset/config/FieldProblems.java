package streamset.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import streamset.problems.ConfigCommand;
import streamset.problems.NearestName;
import streamset.problems.Problems;

/** What is wrong with the fields of one section. Values that are kept encrypted, or should be, are never shown. */
final class FieldProblems {
    /** The shown value of a key that is kept encrypted. */
    static final String HIDDEN = "[secret]";

    private final String path;
    private final Predicate<String> secret;
    private final Set<String> clearParts;
    private final Problems problems;
    private final Set<String> faulty = new TreeSet<>();

    /**
     * @param path of the section, up to the names of its fields
     * @param secret whether the value of a field is kept encrypted
     * @param clearParts paths of what is in clear text in values of which something is encrypted
     */
    FieldProblems(String path, Predicate<String> secret, Set<String> clearParts, Problems problems) {
        this.path = path;
        this.secret = secret;
        this.clearParts = clearParts;
        this.problems = problems;
    }

    /** Those of the object of one field, or of an element of a list. */
    FieldProblems inside(String key, boolean hidden) {
        return new FieldProblems(path + key + ".", any -> hidden, clearParts, problems);
    }

    /** Those of the object of one field, which can have any name. */
    FieldProblems insideNamed(String key, boolean hidden) {
        var inner = path.endsWith(".") ? ConfigCommand.step(path, key) : path + key;
        return new FieldProblems(inner + ".", any -> hidden, clearParts, problems);
    }

    String path() {
        return path;
    }

    boolean isSecret(String key) {
        return secret.test(key);
    }

    /** Whether something in the value of a field is not kept encrypted. */
    boolean hasClearText(String key) {
        return !isSecret(key) || clearParts.stream().anyMatch(part -> isIn(part, path + key));
    }

    private static boolean isIn(String part, String whole) {
        return part.startsWith(whole)
                && (part.length() == whole.length() || ".[".indexOf(part.charAt(whole.length())) >= 0);
    }

    void add(String key, String value, String reason, String fix) {
        add(key, value, isSecret(key), reason, fix);
    }

    void add(String key, String value, boolean hidden, String reason, String fix) {
        boolean isValue = !value.equals(Section.NOT_SET) && !value.equals(Section.CLEAR_TEXT);
        faulty.add(key);
        problems.add(path + key, hidden && isValue ? HIDDEN : value, reason, fix);
    }

    /**
     * Adds a field that nobody reads.
     *
     * @param known the names of those that are read
     */
    void addUnknown(String key, String value, Set<String> known) {
        var suggestion = NearestName.to(key, known)
                .map(name -> ", " + Section.DID_YOU_MEAN + path + name + "?")
                .orElse("; there are: " + String.join(", ", known));
        add(key, value, "no such key" + suggestion, command(key).remove());
    }

    void warn(String key, String value, String reason, String fix) {
        problems.warn(path + key, isSecret(key) ? HIDDEN : value, reason, fix);
    }

    boolean isFaulty(String key) {
        return faulty.contains(key);
    }

    /** The commands that change a field. */
    ConfigCommand command(String key) {
        return new ConfigCommand(path, key, isSecret(key));
    }
}
