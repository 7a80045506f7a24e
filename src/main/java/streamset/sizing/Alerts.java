package streamset.sizing;

import java.util.Map;
import java.util.TreeMap;
import streamset.units.ByteSize;

/**
 * From where on somebody should look at the volumes, while there still is room.
 *
 * @param pgWal pg_wal is larger only when WAL is not removed: while archiving fails, or by a slot of somebody else
 * @param slot a slot that holds back more is half-way to losing its standby
 * @param dataVolumePercent in use of a data volume; what is left then is for WAL, or for the time until it has grown
 */
public record Alerts(ByteSize pgWal, ByteSize slot, int dataVolumePercent) {
    private static final int WITHOUT_WAL_PERCENT = 80; // an ext4 that is fuller also becomes slow at finding room

    public static Alerts of(WalBudget wal) {
        var space = wal.space();
        int forData = space.apart() ? WITHOUT_WAL_PERCENT : Math.min(WITHOUT_WAL_PERCENT, 100 - space.percent());
        return new Alerts(wal.bound(), wal.slotKeepSize().scaled(1, 2), forData);
    }

    /** The numbers for a monitoring system; Pulumi knows no whole numbers of this size. */
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
