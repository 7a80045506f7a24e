package streamset.conf;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.Budgets;

/**
 * What no layer may go below: a value under its floor is refused, never changed silently.
 *
 * @param checked the values that hold, by name
 */
record Floors(Map<String, CheckedSetting> checked, StackConfig config, Problems problems) {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "::1", "");
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");

    void check(Budgets budgets) {
        var pods = "with " + config.replicas() + " pods ";
        number(
                "max_wal_senders",
                budgets.senders().floor(),
                pods + "every standby streams through one and all can clone at once, two each",
                budgets.senders().computed());
        number(
                "max_replication_slots",
                budgets.slots().floor(),
                pods + "every standby has one",
                budgets.slots().computed());
        slotCap();
        check(
                "wal_level",
                value -> value.canonical().equals("minimal"),
                "must be replica or logical: with less, WAL does not say enough for standbys",
                "");
        if (config.replicas() > 1) {
            check(
                    "hot_standby",
                    value -> value.canonical().equals("off"),
                    "must be on: a standby that answers nobody never gets ready",
                    "");
        }
        check(
                "listen_addresses",
                value -> LIST.splitAsStream(value.canonical().strip()).allMatch(LOCAL_NAMES::contains),
                "must reach beyond the pod: standbys, Jobs and applications connect to its address",
                "");
    }

    private void number(String name, int floor, String reason, int computed) {
        check(
                name,
                value -> value.number() < floor,
                "must be at least " + floor + ": " + reason,
                "   (then " + computed + " is computed)");
    }

    private void slotCap() {
        var segment = config.wal().segmentSize();
        check(
                "max_slot_wal_keep_size",
                value -> value.number() < 0,
                "must have a cap: without one a single dead slot fills the volume",
                "   (then it is computed)");
        check(
                "max_slot_wal_keep_size",
                value -> value.number() >= 0 && value.number() < segment.bytes(),
                "must be at least one segment of WAL (" + segment.postgres()
                        + "): with less every slot is dropped at once",
                "   (then it is computed)");
    }

    private void check(String name, Predicate<CheckedSetting> below, String reason, String consequence) {
        Optional.ofNullable(checked.get(name))
                .filter(below)
                .map(CheckedSetting::written)
                .ifPresent(written ->
                        problems.add(written.subject(), written.shown(), reason, written.removal() + consequence));
    }
}
