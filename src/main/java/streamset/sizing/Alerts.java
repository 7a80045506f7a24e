package streamset.sizing;

import java.util.Map;
import java.util.TreeMap;
import streamset.units.ByteSize;

/**
 * Thresholds for alerts about the volumes, while they still have room.
 *
 * @param pgWal pg_wal is larger only when WAL is not removed: while archiving fails, or by a slot of somebody else
 * @param slot a slot that holds back more is halfway to losing its standby
 * @param dataVolumePercent used of a data volume; the rest is for WAL, or for the time until the volume has grown
 */
public record Alerts(ByteSize pgWal, ByteSize slot, int dataVolumePercent) {
    private static final int WITHOUT_WAL_PERCENT = 80; // a fuller ext4 also allocates space slowly

    public static Alerts of(WalBudget wal) {
        var space = wal.space();
        int forData = space.apart() ? WITHOUT_WAL_PERCENT : Math.min(WITHOUT_WAL_PERCENT, 100 - space.percent());
        return new Alerts(wal.bound(), wal.slotKeepSize().scaled(1, 2), forData);
    }

    /** The numbers for a monitoring system; Pulumi does not have integers of this size. */
    public Map<String, Double> numbers() {
        return new TreeMap<>(Map.of(
                "pgWalBytes", (double) pgWal.bytes(),
                "slotBytes", (double) slot.bytes(),
                "dataVolumePercent", (double) dataVolumePercent));
    }

    /** In one line. */
    public String words() {
        return "Alert when pg_wal is larger than " + pgWal + ", a slot holds back more than " + slot
                + ", or a data volume is fuller than " + dataVolumePercent + " %.";
    }
}
