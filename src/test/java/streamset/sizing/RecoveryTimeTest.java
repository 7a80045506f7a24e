package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.units.ByteSize;
import streamset.units.Cpu;

@Tag("unit")
class RecoveryTimeTest {
    private static final ByteSize DATA = ByteSize.ofMegabytes(19_000);

    private static String text(int millicores, Optional<RecoveryTime.Wal> wal) {
        return new RecoveryTime(DATA, new Cpu(millicores), wal).text();
    }

    @Test
    void countsTheDataAndTheWalUntilTheNextBackup() {
        assertEquals("""
                 100 s  a base backup of 18.6 GB, all that the data volume has room for
                1920 s  WAL of 24 h 0 min, the longest between two base backups, of 1 MB a second (streamset:wal.writeRate)
                2020 s  = 33 min 40 s until the primary can be used""", text(2000, Optional.of(new RecoveryTime.Wal(ByteSize.ofMegabytes(1), Duration.ofDays(1)))));
    }

    @Test
    void countsTheWalByTheGigabyteWhereNobodySaysHowMuchThereIs() {
        assertEquals("""
                100 s  a base backup of 18.6 GB, all that the data volume has room for
                 23 s  each 1024 MB of WAL since then""", text(2000, Optional.empty()));
    }

    @Test
    void isSlowerWithLessProcessorTimeAndNotFasterWithMore() {
        assertEquals("""
                1000 s  a base backup of 18.6 GB, all that the data volume has room for
                 228 s  each 1024 MB of WAL since then""", text(200, Optional.empty()));
        assertEquals(text(2000, Optional.empty()), text(8000, Optional.empty()));
    }
}
