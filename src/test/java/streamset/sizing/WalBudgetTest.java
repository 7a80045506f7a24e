package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.config.ByteSize;

class WalBudgetTest {
    private static final long SEGMENT = 16; // MB
    private static final long NO_WISH = -1;

    @ParameterizedTest(name = "{0} MB volume: {1} kept, {2} between checkpoints, {3} ready")
    @CsvSource({
        "1024,    80,    96,    32",
        "2048,    176,   192,   48",
        "10240,   928,   928,   80",
        "20480,   1856,  1856,  80",
        "102400,  9296,  9312,  80",
        "204800,  18608, 16384, 80",
        "1048576, 95312, 16384, 80",
    })
    void halvesTheShareOfTheVolumeWithoutAWish(long volume, long keep, long max, long min) {
        assertBudget(keep, max, min, WalBudget.of(ByteSize.ofMegabytes(volume), Optional.empty()));
    }

    @ParameterizedTest(name = "{0} MB volume, {1} MB wished: {2} between checkpoints, {3} ready")
    @CsvSource({
        "1024,    0,     176,   32",
        "1024,    16,    160,   32",
        "2048,    152,   208,   48",
        "2048,    1,     368,   80",
        "2048,    330,   32,    32",
        "10240,   1024,  832,   80",
        "1048576, 152,   16384, 80",
        "1048576, 180000, 10640, 80",
    })
    void leavesWhatTheWishLeaves(long volume, long wish, long max, long min) {
        var wal = WalBudget.of(ByteSize.ofMegabytes(volume), Optional.of(ByteSize.ofMegabytes(wish)));
        assertBudget(wish, max, min, wal);
        assertTrue(wal.fits(), wal::arithmetic);
    }

    private static void assertBudget(long keep, long max, long min, WalBudget wal) {
        assertEquals(
                new WalBudget(
                        wal.space(),
                        ByteSize.ofMegabytes(keep),
                        ByteSize.ofMegabytes(keep),
                        ByteSize.ofMegabytes(max),
                        ByteSize.ofMegabytes(min)),
                wal);
    }

    @Test
    void tellsItsSum() {
        var wal = WalBudget.of(ByteSize.ofMegabytes(2048), Optional.of(ByteSize.ofMegabytes(152)));
        assertEquals(
                "(152 MB kept + 208 MB between checkpoints) + 10 % = 396 MB, of 409 MB (20 % of the data volume)",
                wal.arithmetic());
    }

    @Test
    void doesNotFitWhenTheWishIsTooLarge() {
        var wal = WalBudget.of(ByteSize.ofMegabytes(1024), Optional.of(ByteSize.ofMegabytes(1024)));
        assertFalse(wal.fits());
        assertEquals(
                "(1024 MB kept + 32 MB between checkpoints) + 10 % = 1161 MB, of 204 MB (20 % of the data volume)",
                wal.arithmetic());
        assertEquals("5808Mi", wal.smallestVolume().quantity());
    }

    @ParameterizedTest
    @MethodSource("volumesAndWishes")
    void keepsItsPromises(long volume, long wish) {
        var wal = budget(volume, wish);
        Supplier<String> whole = wal::toString;
        assertEquals(volume * (1L << 20) / 5, wal.space().bytes(), whole);
        assertTrue(wal.maxSize().megabytes() >= 2 * SEGMENT, whole);
        assertTrue(wal.minSize().megabytes() >= 2 * SEGMENT, whole);
        assertTrue(wal.minSize().compareTo(wal.maxSize()) <= 0, whole);
        assertEquals(0, wal.maxSize().megabytes() % SEGMENT, whole);
        assertEquals(0, wal.minSize().megabytes() % SEGMENT, whole);
        assertEquals(wal.keepSize(), wal.slotKeepSize(), whole);
        long sum = wal.keepSize().bytes() + wal.maxSize().bytes();
        assertEquals(sum * 11 / 10, wal.bound().bytes(), whole);
        assertEquals(wal.bound().bytes() <= wal.space().bytes(), wal.fits(), whole);
        if (wish == NO_WISH) {
            assertTrue(wal.keepSize().megabytes() >= SEGMENT, whole); // a cap of 0 would drop every slot at once
        } else {
            assertEquals(wish, wal.keepSize().megabytes(), whole);
        }
    }

    @Test
    void fitsInEveryVolumeThatIsLargerThanOneItFitsIn() {
        long smallest = LongStream.range(1, 1000)
                .filter(volume -> budget(volume, NO_WISH).fits())
                .findFirst()
                .getAsLong();
        LongStream.range(smallest, 2000)
                .forEach(volume -> assertTrue(budget(volume, NO_WISH).fits(), () -> volume + " MB"));
        assertEquals(smallest, budget(1, NO_WISH).smallestVolume().megabytes());
    }

    @ParameterizedTest
    @MethodSource("volumesAndWishes")
    void namesTheSmallestVolumeThatWouldDo(long volume, long wish) {
        var wal = budget(volume, wish);
        if (!wal.fits()) {
            long smallest = wal.smallestVolume().megabytes();
            Supplier<String> claim = () -> wal + " claims " + smallest + " MB";
            assertTrue(smallest > volume, claim);
            assertTrue(budget(smallest, wish).fits(), claim);
            assertFalse(budget(smallest - 2, wish).fits(), claim);
        }
    }

    private static WalBudget budget(long volume, long wish) {
        var keep = wish == NO_WISH ? Optional.<ByteSize>empty() : Optional.of(ByteSize.ofMegabytes(wish));
        return WalBudget.of(ByteSize.ofMegabytes(volume), keep);
    }

    static Stream<Long[]> volumesAndWishes() {
        return LongStream.of(
                        1, 16, 100, 177, 200, 265, 512, 1000, 1024, 1500, 2048, 5000, 10_240, 99_999, 204_800, 1 << 20)
                .boxed()
                .flatMap(volume -> Stream.of(NO_WISH, 0L, 1L, 15L, 16L, 152L, 1024L, 10_000L, 1_000_000L)
                        .map(wish -> new Long[] {volume, wish}));
    }
}
