package streamset.conf;

import java.util.List;
import streamset.sizing.WalBudget;
import streamset.sizing.WalSenders;

/** The lowest layer: what follows from the stack, each value with its reason. */
final class ComputedSettings {
    private ComputedSettings() {}

    static List<Setting> of(int replicas, WalBudget wal, WalSenders senders) {
        var share = "of the WAL's share (" + wal.space() + ") of the data volume";
        return List.of(
                computed(
                        "max_wal_senders",
                        Integer.toString(senders.computed()),
                        replicas + " pods need " + senders.floor() + " when all standbys clone at once"),
                computed("wal_keep_size", wal.keepSize().postgres(), "half " + share),
                computed(
                        "max_slot_wal_keep_size",
                        wal.slotKeepSize().postgres(),
                        "as wal_keep_size; without a cap one dead slot fills the volume"),
                computed("max_wal_size", wal.maxSize().postgres(), "what is left " + share),
                computed("min_wal_size", wal.minSize().postgres(), "at most a quarter of max_wal_size"));
    }

    private static Setting computed(String name, String value, String reason) {
        return new Setting(name, value, "computed: " + reason);
    }
}
