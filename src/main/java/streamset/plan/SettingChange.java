package streamset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import streamset.config.StackConfig;
import streamset.problems.Problem;

/**
 * Something that servers run with and that changes.
 *
 * @param name a PostgreSQL parameter, or a configuration key that new pods are needed for
 * @param restart whether only a restart makes it hold
 */
record SettingChange(String name, String before, String after, boolean restart) {
    private static final int SHOWN_CHARACTERS = 60; // of a value, so that a row stays a line

    /** All, sorted by name; what means the same before and after is none. */
    static List<SettingChange> between(Declaration before, Declaration after) {
        var changes = new ArrayList<SettingChange>();
        var running = before.settings();
        var wanted = after.settings();
        var names = new TreeSet<>(running.names());
        names.addAll(wanted.names());
        for (var name : names) {
            var old = running.value(name);
            var now = wanted.value(name);
            if (!old.canonical().equals(now.canonical())) {
                changes.add(new SettingChange(name, old.shown(), now.shown(), now.restart()));
            }
        }
        after.pods().forEach((key, value) -> {
            var old = before.pods().get(key);
            if (!value.equals(old)) {
                changes.add(new SettingChange(StackConfig.NAMESPACE + ":" + key, old, value, true));
            }
        });
        return changes;
    }

    /** Whether it is no parameter, but a part of the pod. */
    boolean isOfPod() {
        return name.startsWith(StackConfig.NAMESPACE + ":");
    }

    List<String> row() {
        return List.of(name, shown(before), shown(after), restart ? "restart" : "reload");
    }

    private static String shown(String value) {
        return value.isEmpty() ? "''" : Problem.shortened(value, SHOWN_CHARACTERS);
    }
}
