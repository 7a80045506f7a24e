package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;

@Tag("unit")
class AlertsTest {
    private static final ByteSize SEGMENT = ByteSize.ofMegabytes(16);

    @Test
    void comeFromTheWalBudget() {
        var budget = budget(20, false);
        var alerts = Alerts.of(budget);
        assertEquals(budget.bound(), alerts.pgWal());
        assertEquals(
                "Alert when pg_wal is larger than 402 MB, a slot holds back more than 80 MB, or a data volume is fuller than 80 %.",
                alerts.words());
        assertEquals(
                Map.of("pgWalBytes", 402.0 * (1 << 20), "slotBytes", 80.0 * (1 << 20), "dataVolumePercent", 80.0),
                alerts.numbers());
    }

    @ParameterizedTest(name = "WAL has {0} %, of its own volume: {1}: {2} %")
    @CsvSource({"20, false, 80", "40, false, 60", "5, false, 80", "85, true, 80"})
    void leaveTheRoomOfWalOnADataVolume(int share, boolean own, int percent) {
        assertEquals(percent, Alerts.of(budget(share, own)).dataVolumePercent());
    }

    private static WalBudget budget(int percent, boolean own) {
        var space = new WalSpace(
                own ? new VolumeKind("wal", "wal.volume", "WAL") : VolumeKind.DATA,
                ByteSize.ofMegabytes(2048),
                percent);
        return WalBudget.of(space, SEGMENT, ByteSize.ofMegabytes(16), Overrides.NONE);
    }
}
