package streamset.policy;

import streamset.config.Keys;
import streamset.config.Rule;
import streamset.problems.Problems;

/**
 * A place where a rule is not followed.
 *
 * @param where the object: kind and name, perhaps with a part of it
 * @param found what is there
 * @param remedy the command or the edit after which the rule is followed
 */
public record Breach(Rule rule, String where, String found, String remedy) {
    /** The commands of remedies. */
    static final Keys KEYS = new Keys(new Problems());

    /** The remedy, or the command that waives the rule. */
    public String fix() {
        return remedy + "; or, if this is intended: " + KEYS.set("waivers." + rule.key(), "<the reason>");
    }

    /** The same without its place. */
    Breach anywhere() {
        return new Breach(rule, "", found, remedy);
    }

    /** One line. */
    public String text() {
        return where + ": " + found;
    }
}
