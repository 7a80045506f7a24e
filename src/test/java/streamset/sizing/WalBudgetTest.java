package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.catalog.ParameterName;
import streamset.config.StackDraft;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;

@Tag("unit")
class WalBudgetTest {
    private static final VolumeKind ALONE = new VolumeKind("wal", "wal.volume", "WAL");
    private static final long SEGMENT = 16; // MB
    private static final ByteSize BUFFERS = ByteSize.ofMegabytes(16);
    private static final long NOT_SET = -1;

    @ParameterizedTest(name = "{0} MB volume: {1} kept, {2} between checkpoints, {3} ready")
    @CsvSource({
        "1024, 64, 80, 32",
        "2048, 160, 176, 80",
        "10240, 912, 912, 448",
        "20480, 1840, 1840, 912",
        "102400, 9280, 9296, 2048",
        "204800, 18592, 16384, 2048",
        "1048576, 95296, 16384, 2048",
    })
    void halvesTheShareOfTheVolumeWhereNothingIsSet(long volume, long keep, long max, long min) {
        assertBudget(keep, keep, max, min, budget(volume, Map.of()));
    }

    @ParameterizedTest(name = "{0} MB volume, {1} MB kept: {2} between checkpoints, {3} ready")
    @CsvSource({
        "1024, 16, 128, 64",
        "2048, 152, 176, 80",
        "2048, 300, 32, 32",
        "10240, 1024, 800, 400",
        "1048576, 152, 16384, 2048",
        "1048576, 180000, 10608, 2048",
    })
    void leavesWhatTheSetSizeLeaves(long volume, long keep, long max, long min) {
        var wal = budget(volume, Map.of(ParameterName.WAL_KEEP_SIZE, keep));
        assertBudget(keep, keep, max, min, wal);
        assertTrue(wal.fits(), wal::words);
    }

    @ParameterizedTest(name = "{0}: {1} kept, {2} for slots, {3} between checkpoints, {4} ready")
    @CsvSource({
        // the slots' cap does not follow what is switched off, because 0 would drop every slot at once
        "wal_keep_size=0, 0, 912, 912, 448",
        "wal_keep_size=8, 8, 912, 912, 448",
        "max_slot_wal_keep_size=512, 512, 512, 1312, 656",
        "wal_keep_size=256 max_slot_wal_keep_size=512, 256, 512, 1312, 656",
        "wal_keep_size=512 max_slot_wal_keep_size=256, 512, 256, 1312, 656",
        "max_wal_size=1536, 288, 288, 1536, 768",
        "max_wal_size=1536 wal_keep_size=64, 64, 64, 1536, 768",
        "max_wal_size=4096, 16, 16, 4096, 2048",
        "min_wal_size=512, 912, 912, 912, 512",
        "max_wal_size=64, 1760, 1760, 64, 32",
        // what is computed gives way to what is set
        "min_wal_size=1500, 320, 320, 1504, 1500",
        "min_wal_size=1000 wal_keep_size=800, 800, 800, 1024, 1000",
        "min_wal_size=4000, 16, 16, 4000, 4000",
    })
    void isComputedAroundWhatIsSet(String overrides, long keep, long slotKeep, long max, long min) {
        assertBudget(
                keep,
                slotKeep,
                max,
                min,
                WalBudget.of(onData(10_240), ByteSize.ofMegabytes(SEGMENT), BUFFERS, overrides(overrides)));
    }

    @ParameterizedTest(name = "segments of {0} MB in a volume of {1}: {2} kept, {3} between checkpoints, {4} ready")
    @CsvSource({
        "1, 1024, 90, 91, 45",
        "64, 10240, 832, 896, 448",
        "64, 20480, 1792, 1792, 896",
        "1024, 40960, 2048, 3072, 2048",
    })
    void countsInWholeSegments(int segment, long volume, long keep, long max, long min) {
        var wal = WalBudget.of(onData(volume), ByteSize.ofMegabytes(segment), BUFFERS, Overrides.NONE);
        assertBudget(keep, keep, max, min, wal);
    }

    private static void assertBudget(long keep, long slotKeep, long max, long min, WalBudget wal) {
        assertEquals(
                new WalBudget(
                        wal.space(),
                        wal.segmentSize(),
                        wal.sharedBuffers(),
                        ByteSize.ofMegabytes(keep),
                        ByteSize.ofMegabytes(slotKeep),
                        ByteSize.ofMegabytes(max),
                        ByteSize.ofMegabytes(min)),
                wal);
    }

    @Test
    void tellsItsSum() {
        var wal = budget(2048, Map.of(ParameterName.WAL_KEEP_SIZE, 152L));
        assertEquals("""
                152 MB  kept for standbys
                176 MB  max_wal_size, between two checkpoints
                 33 MB  10 % for bursts
                 32 MB  two segments, at the borders
                393 MB  = the most that pg_wal grows to""", wal.sum().text("the most that pg_wal grows to"));
        assertEquals(
                "152 MB kept, which lasts 2 min 32 s at 1 MB/s of WAL, 15 s at 10 MB/s; pg_wal grows to at most 393 MB of"
                        + " 409 MB (20 % of the data volume of 2Gi)",
                wal.words());
    }

    /** The files that wait for an archive are those that standbys may need, so the larger number counts, and not the sum. */
    @Test
    void holdsWhatWaitsForAnArchiveWhereThatIsMoreThanIsKept() {
        var plain = budget(10_240, Map.of());
        assertEquals(912, plain.kept().megabytes());
        assertEquals(57, plain.queueSegments());
        var less = WalBudget.of(
                onData(10_240).withQueue(ByteSize.ofMegabytes(480)),
                ByteSize.ofMegabytes(SEGMENT),
                BUFFERS,
                Overrides.NONE);
        assertEquals(plain.bound(), less.bound());
        assertEquals(57, less.queueSegments());
        var more = WalBudget.of(
                onData(10_240).withQueue(ByteSize.ofMegabytes(1440)),
                ByteSize.ofMegabytes(SEGMENT),
                BUFFERS,
                Overrides.NONE);
        assertEquals(90, more.queueSegments());
        assertTrue(more.fits());
        assertTrue(
                more.sum().text("").startsWith("1440 MB  waiting for the archive\n"),
                more.sum().text(""));
        assertEquals("24 min 0 s at 1 MB/s of WAL, 2 min 24 s at 10 MB/s", more.queueLasting());
        assertFalse(WalBudget.of(
                        onData(10_240).withQueue(ByteSize.ofMegabytes(2048)),
                        ByteSize.ofMegabytes(SEGMENT),
                        BUFFERS,
                        Overrides.NONE)
                .fits());
    }

    @Test
    void countsTheBuffersThatAreMoreThanGoesBetweenCheckpoints() {
        var wal = WalBudget.of(onData(2048), ByteSize.ofMegabytes(SEGMENT), ByteSize.ofMegabytes(100), Overrides.NONE);
        assertEquals("""
                160 MB  kept for standbys
                 76 MB  until a checkpoint begins: max_wal_size of 144MB / 1.9
                100 MB  while it writes out all of shared_buffers
                 34 MB  10 % for bursts
                 32 MB  two segments, at the borders
                402 MB  = all""", wal.sum().text("all"));
    }

    @ParameterizedTest(name = "{0}: {1} MB")
    @CsvSource({
        "'', 85",
        "wal_keep_size=152, 94",
        "wal_keep_size=64 max_slot_wal_keep_size=152, 94",
        "max_wal_size=190, 70",
        "max_wal_size=19000, 0",
        "wal_keep_size=4000, 0",
    })
    void leavesRoomForBuffers(String overrides, long megabytes) {
        var largest = WalBudget.largestSharedBuffers(onData(2048), ByteSize.ofMegabytes(SEGMENT), overrides(overrides));
        assertEquals(megabytes, largest.megabytes());
    }

    /** Then the cap on slots is computed, and it is what counts. */
    @ParameterizedTest
    @ValueSource(longs = {1024, 2048, 10_240})
    void fitsWithTheLargestBuffersWhereLessThanASegmentIsKept(long volume) {
        var segment = ByteSize.ofMegabytes(SEGMENT);
        var overrides = overrides("wal_keep_size=9");
        var largest = WalBudget.largestSharedBuffers(onData(volume), segment, overrides);
        assertEquals(WalBudget.largestSharedBuffers(onData(volume), segment, Overrides.NONE), largest);
        assertTrue(WalBudget.of(onData(volume), segment, largest, overrides).fits());
    }

    @ParameterizedTest
    @ValueSource(longs = {1024, 2048, 3000, 10_240, 204_800, 1 << 20})
    void fitsWithTheLargestBuffers(long volume) {
        var segment = ByteSize.ofMegabytes(SEGMENT);
        var largest = WalBudget.largestSharedBuffers(onData(volume), segment, Overrides.NONE);
        assertTrue(
                WalBudget.of(onData(volume), segment, largest, Overrides.NONE).fits());
    }

    @ParameterizedTest(name = "{0} MB of shared_buffers: {1} kept, {2} between checkpoints")
    @CsvSource({"2000, 16, 32", "1500, 304, 48", "900, 912, 32", "400, 912, 912"})
    void keepsLessForBuffersThatSomebodySet(long buffers, long keep, long max) {
        var wal = WalBudget.of(
                onData(10_240), ByteSize.ofMegabytes(SEGMENT), ByteSize.ofMegabytes(buffers), Overrides.NONE);
        assertEquals(keep, wal.keepSize().megabytes());
        assertEquals(max, wal.maxSize().megabytes());
        assertEquals(buffers < 2000, wal.fits());
        assertEquals(keep == 912, wal.keepsHalf());
    }

    @Test
    void tellsLongTimesInHours() {
        assertEquals(
                "10 h 0 min at 1 MB/s of WAL, 1 h 0 min at 10 MB/s",
                budget(1 << 20, Map.of(ParameterName.WAL_KEEP_SIZE, 36_000L)).lasting());
    }

    @Test
    void doesNotFitWhenMoreIsKeptThanThereIsRoomFor() {
        var wal = budget(1024, Map.of(ParameterName.WAL_KEEP_SIZE, 1024L));
        assertFalse(wal.fits());
        assertEquals(1195, wal.bound().megabytes());
    }

    @Test
    void hasMostOfAVolumeOfItsOwn() {
        var space = WalSpace.whole(ALONE, ByteSize.ofMegabytes(2048));
        assertEquals(new WalSpace(ALONE, ByteSize.ofMegabytes(2048), 85), space);
        assertEquals("85 % of the WAL volume of 2Gi", space.words());
        assertEquals("wal.volume.size", space.key());
        assertEquals(1740, space.size().megabytes());
    }

    @ParameterizedTest(name = "{0} of a volume of {1} MB, {2} MB kept: a file system of {3} MB")
    @CsvSource({
        "20, 10240, -1, 8665", // of the 10240 that are declared, ext4 has more
        "20, 10240, 152, 8627",
        "20, 10240, 2000, 9643", // does not fit, which is refused elsewhere
        "85, 2048, -1, 1722",
    })
    void needsAFileSystemThatHoldsTheBound(int percent, long volume, long keep, long fileSystem) {
        var space = new WalSpace(percent == 85 ? ALONE : VolumeKind.DATA, ByteSize.ofMegabytes(volume), percent);
        var overrides = keep == NOT_SET ? Overrides.NONE : overrides("wal_keep_size=" + keep);
        var wal = WalBudget.of(space, ByteSize.ofMegabytes(SEGMENT), BUFFERS, overrides);
        assertEquals(fileSystem, wal.smallestFileSystem().megabytes());
    }

    @Test
    void hasTheShareOfTheDataVolumeThatTheStackSays() {
        var config = StackDraft.minimal().with("wal", "{\"share\":\"35%\"}").config();
        var space = WalSpace.onData(config);
        assertEquals(new WalSpace(VolumeKind.DATA, ByteSize.ofMegabytes(10_240), 35), space);
        assertEquals("35 % of the data volume of 10Gi", space.words());
        assertEquals("storage.size", space.key());
        assertEquals(3584, space.size().megabytes());
    }

    @ParameterizedTest
    @MethodSource("volumesAndOverrides")
    void keepsItsPromises(long volume, long keep) {
        var wal = keeping(volume, keep);
        Supplier<String> whole = wal::toString;
        assertEquals(volume * (1L << 20) / 5, wal.space().size().bytes(), whole);
        assertTrue(wal.maxSize().megabytes() >= 2 * SEGMENT, whole);
        assertTrue(wal.minSize().megabytes() >= 2 * SEGMENT, whole);
        assertTrue(wal.minSize().compareTo(wal.maxSize()) <= 0, whole);
        assertEquals(0, wal.maxSize().megabytes() % SEGMENT, whole);
        assertEquals(0, wal.minSize().megabytes() % SEGMENT, whole);
        assertTrue(wal.slotKeepSize().bytes() > 0, whole); // 0 would drop every slot at once
        assertTrue(wal.bound().bytes() >= (wal.kept().bytes() + wal.maxSize().bytes()) / 10 * 11, whole);
        long untilCheckpoint = wal.maxSize().bytes() / 19 * 10;
        assertTrue(wal.bound().bytes() >= (wal.kept().bytes() + untilCheckpoint + BUFFERS.bytes()) / 10 * 11, whole);
        assertEquals(wal.bound().bytes() <= wal.space().size().bytes(), wal.fits(), whole);
        if (keep != NOT_SET) {
            assertEquals(keep, wal.keepSize().megabytes(), whole);
        }
    }

    @Test
    void fitsInEveryVolumeThatIsLargerThanOneItFitsIn() {
        long smallest = LongStream.range(1, 1000)
                .filter(volume -> keeping(volume, NOT_SET).fits())
                .findFirst()
                .getAsLong();
        LongStream.range(smallest, 2000)
                .forEach(volume -> assertTrue(keeping(volume, NOT_SET).fits(), () -> volume + " MB"));
    }

    private static WalBudget keeping(long volume, long keep) {
        return budget(volume, keep == NOT_SET ? Map.of() : Map.of(ParameterName.WAL_KEEP_SIZE, keep));
    }

    private static WalBudget budget(long volume, Map<ParameterName, Long> megabytes) {
        var overrides = new HashMap<ParameterName, Double>();
        megabytes.forEach((name, size) -> overrides.put(name, (double) (size << 20)));
        return WalBudget.of(onData(volume), ByteSize.ofMegabytes(SEGMENT), BUFFERS, new Overrides(overrides));
    }

    /** @param text {@code name=megabytes}, several with blanks between them */
    private static Overrides overrides(String text) {
        return new Overrides(Stream.of(text.split(" "))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("="))
                .collect(Collectors.toMap(
                        setting -> ParameterName.valueOf(setting[0].toUpperCase(Locale.ROOT)),
                        setting -> (double) (Long.parseLong(setting[1]) << 20))));
    }

    private static WalSpace onData(long volume) {
        return new WalSpace(VolumeKind.DATA, ByteSize.ofMegabytes(volume), 20);
    }

    static Stream<Long[]> volumesAndOverrides() {
        return LongStream.of(
                        1, 16, 100, 177, 200, 265, 512, 1000, 1024, 1500, 2048, 5000, 10_240, 99_999, 204_800, 1 << 20)
                .boxed()
                .flatMap(volume -> Stream.of(NOT_SET, 0L, 1L, 15L, 16L, 152L, 1024L, 10_000L, 1_000_000L)
                        .map(keep -> new Long[] {volume, keep}));
    }
}
