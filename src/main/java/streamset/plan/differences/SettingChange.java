package streamset.plan.differences;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import streamset.config.StackConfig;
import streamset.plan.reading.Declaration;

/**
 * A change of something that servers run with.
 *
 * @param name a PostgreSQL parameter, a configuration key that needs new pods, or a part of the pods
 * @param restart whether it takes effect only after a restart
 */
public record SettingChange(String name, String before, String after, boolean restart) {
    /** The changed parameters of the servers, sorted by name; two values that mean the same are no change. */
    public static List<SettingChange> ofServers(Declaration before, Declaration after) {
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
        return changes;
    }

    /** The changed keys of the stack that concern its pods, sorted. */
    static List<SettingChange> ofPods(Declaration before, Declaration after) {
        var changes = new ArrayList<SettingChange>();
        after.pods().forEach((key, value) -> {
            var old = before.pods().get(key);
            if (!value.equals(old) && !comesWithTls(key, before, after) && !isOwnSecret(key, before, after)) {
                changes.add(new SettingChange(StackConfig.NAMESPACE + ":" + key, old, value, true));
            }
        });
        return changes;
    }

    /** What the program makes is in one Secret, which has a row already. */
    private static boolean comesWithTls(String key, Declaration before, Declaration after) {
        return key.equals(Declaration.TLS_CLIENT)
                && Stream.of(before.pods(), after.pods())
                        .anyMatch(pods -> !pods.getOrDefault(key, "").isEmpty()
                                && pods.get(key).equals(pods.get(Declaration.TLS)));
    }

    /** Nobody has named it: former versions made one Secret for people and pods. */
    static boolean isOwnSecret(String key, Declaration before, Declaration after) {
        return key.equals(Declaration.SECRET)
                && Stream.of(before.pods(), after.pods())
                        .map(pods -> pods.getOrDefault(key, ""))
                        .allMatch(
                                List.of(after.names().passwords(), after.names().logins())::contains);
    }

    /** The same change if the pods restart anyway and get it with the restart. */
    public SettingChange withRestart() {
        return new SettingChange(name, before, after, true);
    }

    /** Name, old and new value, and how it takes effect. */
    public List<String> row() {
        return List.of(name, shown(before, after), shown(after, before), restart ? "restart" : "reload");
    }

    private static String shown(String value, String other) {
        return value.isEmpty() ? "''" : Cut.text(value, other);
    }
}
