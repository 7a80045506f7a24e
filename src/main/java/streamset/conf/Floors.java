package streamset.conf;

import java.util.Map;
import java.util.function.Predicate;
import streamset.config.Problems;
import streamset.config.StackConfig;
import streamset.sizing.WalSenders;

/**
 * What no layer may go below: a value under its floor is refused, never changed silently.
 *
 * @param pinned {@code streamset:parameters}, which overrule the file
 */
record Floors(Map<String, String> pinned, SourceFile source, ConfFile file, Problems problems) {

    void check(int replicas, WalSenders senders) {
        check(
                "max_wal_senders",
                value -> value.matches("\\d{1,9}") && Integer.parseInt(value) < senders.floor(),
                "must be at least " + senders.floor() + ": with " + replicas
                        + " pods every standby streams through one and all can clone at once, two each",
                "   (then " + senders.computed() + " is computed)");
        check(
                "max_slot_wal_keep_size",
                "-1"::equals,
                "must have a cap: without one a single dead slot fills the volume",
                "   (then it is computed)");
    }

    private void check(String name, Predicate<String> below, String reason, String consequence) {
        var pin = pinned.get(name);
        if (pin == null) {
            file.setting(name)
                    .filter(setting -> below.test(setting.value()))
                    .ifPresent(setting -> problems.add(
                            source.line(setting.line()),
                            name + " = " + setting.value(),
                            reason,
                            "delete line " + setting.line() + " of " + source.location() + consequence));
        } else if (below.test(pin)) {
            problems.add(
                    StackConfig.NAMESPACE + ":parameters." + name,
                    pin,
                    reason,
                    "pulumi config rm --path 'streamset:parameters." + name + "'" + consequence);
        }
    }
}
