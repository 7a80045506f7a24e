package streamset.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import streamset.problems.Problems;

/**
 * {@code streamset:waivers}: the rules that a stack does not follow.
 *
 * @param reasons why, by rule
 */
public record Waivers(Map<Rule, String> reasons) {
    /** None. */
    public static final Waivers NONE = new Waivers(Map.of());

    // the same in keys.yaml; neither a shorter text, such as "todo", nor a number is a reason
    private static final Pattern REASON = Pattern.compile(
            "(?=[0-9.eE+-]*[^0-9.eE+-])[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]{8,298}[^\\x00-\\x20\\x7f]");

    public Waivers {
        var sorted = new EnumMap<Rule, String>(Rule.class);
        sorted.putAll(reasons);
        reasons = Collections.unmodifiableMap(sorted);
    }

    /**
     * Reads them from the configuration of a stack.
     *
     * @param problems gets those that cannot be used, and nothing else
     */
    public static Waivers of(RawConfig raw, Problems problems) {
        return read(Section.of(StackConfig.NAMESPACE, raw, problems).object("waivers"));
    }

    static Waivers read(Section fields) {
        var reasons = new EnumMap<Rule, String>(Rule.class);
        for (var rule : Rule.values()) {
            var reason = fields.value(rule.key(), Waivers::reason, "", "<the reason>");
            if (!reason.isEmpty()) {
                reasons.put(rule, reason);
            }
        }
        return new Waivers(reasons);
    }

    private static String reason(String text) {
        if (!REASON.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a reason for people to read: one line of 10 … 300 characters");
        }
        return text;
    }
}
