package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.Storage;

@Tag("unit")
class StorageCostsTest {
    @Test
    void letReadingAnywhereCostLittleOnFlash() {
        assertEquals(new StorageCosts("1.1", 200), StorageCosts.of(Storage.Kind.SSD));
    }

    @Test
    void letReadingAnywhereCostMuchOnDisks() {
        assertEquals(new StorageCosts("4", 2), StorageCosts.of(Storage.Kind.HDD));
    }
}
