package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

@Tag("unit")
class MemoryBudgetTest {
    private static final double MB = 1 << 20;

    @ParameterizedTest(name = "{0} MB with {1} parallel workers")
    @CsvSource({
        // memory, parallel workers: shared_buffers, maintenance_work_mem, max_connections, work_mem,
        // effective_cache_size
        "256, 0, 64MB, 16MB, 10, 64kB, 192MB",
        "512, 0, 128MB, 32MB, 20, 1536kB, 384MB",
        "1024, 0, 256MB, 64MB, 40, 2240kB, 768MB",
        "2048, 2, 512MB, 128MB, 55, 4MB, 1536MB",
        "4096, 2, 1024MB, 256MB, 115, 4MB, 3072MB",
        "8192, 4, 2048MB, 512MB, 200, 4MB, 6144MB",
        "16384, 4, 4096MB, 1024MB, 200, 10MB, 12288MB",
        "65536, 16, 16384MB, 2048MB, 200, 56MB, 49152MB",
        "262144, 64, 65536MB, 2048MB, 200, 205MB, 196608MB",
    })
    void dividesTheMemory(
            long memory,
            int parallelWorkers,
            String buffers,
            String maintenance,
            int connections,
            String workMem,
            String cache) {
        var budget = budget(memory, parallelWorkers, Map.of());
        assertEquals(buffers, budget.use().sharedBuffers().postgres());
        assertEquals(maintenance, budget.use().maintenanceWorkMem().postgres());
        assertEquals(connections, budget.use().connections());
        assertEquals(workMem, budget.use().workMem().postgres());
        assertEquals(cache, budget.effectiveCacheSize().postgres());
    }

    @ParameterizedTest
    @MethodSource("memoriesAndWorkers")
    void fitsIntoEveryContainerFrom256MiTo256Gi(long memory, int parallelWorkers) {
        var budget = budget(memory, parallelWorkers, Map.of());
        Supplier<String> sum = () -> budget.use().sum().text("of " + memory);
        assertTrue(budget.fits(), sum);
        assertTrue(budget.use().connections() >= 10, sum);
        assertTrue(budget.use().workMem().compareTo(new ByteSize(64 << 10)) >= 0, sum);
    }

    static Stream<Arguments> memoriesAndWorkers() {
        return LongStream.concat(
                        LongStream.iterate(256, memory -> memory <= 262_144, memory -> memory * 21 / 20),
                        LongStream.of(300, 512, 1000, 1024, 65_536, 262_144))
                .boxed()
                // as many cores as go with the memory: 4 GB each at the most
                .flatMap(memory -> Stream.of(0, 2, (int) Math.min(64, memory / 1024))
                        .map(workers -> Arguments.of(memory, memory < 512 ? 0 : workers)));
    }

    @Test
    void tellsItsSum() {
        assertEquals("""
                 512 MB  shared_buffers
                  44 MB  shared memory beside them, wal_buffers of 16MB in it
                 946 MB  55 connections × (work_mem of 4MB × 2.8 + 6.0MB each)
                  35 MB  2 parallel workers × the same
                 402 MB  3 autovacuum workers × (128MB + 6.0MB each)
                  40 MB  20 WAL senders × 2.0MB
                  12 MB  4 workers of logical replication × 3.0MB
                  18 MB  background processes
                2009 MB  = the worst case""", budget(2048, 2, Map.of()).use().sum().text("the worst case"));
    }

    @ParameterizedTest(name = "{0}: {1} connections with a work_mem of {2}, {3} for maintenance")
    @CsvSource({
        "max_connections=70, 70, 384kB, 64MB",
        "max_connections=20, 20, 6MB, 64MB",
        "work_mem=1048576, 55, 1MB, 64MB",
        "work_mem=8388608, 15, 8MB, 64MB",
        "shared_buffers=402653184, 25, 2624kB, 64MB",
        "maintenance_work_mem=134217728, 20, 3008kB, 128MB",
        "autovacuum_work_mem=16777216, 50, 2432kB, 64MB",
        "autovacuum_work_mem=-1, 40, 2240kB, 64MB",
        "hash_mem_multiplier=1, 55, 2112kB, 64MB",
        "max_wal_senders=100, 25, 2368kB, 64MB",
        "max_parallel_workers=8, 30, 2560kB, 64MB",
        "wal_buffers=67108864, 35, 2240kB, 64MB",
        "autovacuum_max_workers=1, 50, 2368kB, 64MB",
        "max_locks_per_transaction=1000, 35, 2496kB, 64MB",
        "max_worker_processes=30, 25, 2752kB, 64MB",
        "max_logical_replication_workers=0, 40, 2304kB, 64MB",
        "io_workers=20, 35, 2496kB, 64MB",
        "summarize_wal=1, 40, 2176kB, 64MB",
    })
    void isDividedAroundWhatIsSet(String setting, int connections, String workMem, String maintenance) {
        var name = setting.substring(0, setting.indexOf('='));
        var parameter = ParameterName.valueOf(name.toUpperCase(Locale.ROOT));
        var budget = budget(1024, 0, Map.of(parameter, Double.parseDouble(setting.substring(name.length() + 1))));
        assertTrue(budget.fits(), () -> budget.use().sum().text("1024"));
        assertEquals(connections, budget.use().connections());
        assertEquals(workMem, budget.use().workMem().postgres());
        assertEquals(maintenance, budget.use().maintenanceWorkMem().postgres());
    }

    @Test
    void hasNoMoreBuffersThanTheSpaceForWalAllows() {
        var needs = needs(0, ByteSize.ofMegabytes(100), Overrides.NONE);
        assertEquals(
                "100MB",
                MemoryBudget.of(ByteSize.ofMegabytes(1024), needs)
                        .use()
                        .sharedBuffers()
                        .postgres());
    }

    @Test
    void namesTheLargestValueThatFits() {
        var budget = budget(1024, 0, Map.of(ParameterName.MAX_CONNECTIONS, 40.0, ParameterName.WORK_MEM, 8 * MB));
        assertFalse(budget.fits());
        double workMem = budget.largest(ParameterName.WORK_MEM, 1024, 1).getAsDouble();
        assertTrue(budget(1024, 0, Map.of(ParameterName.MAX_CONNECTIONS, 40.0, ParameterName.WORK_MEM, workMem))
                .fits());
        assertFalse(budget(
                        1024,
                        0,
                        Map.of(ParameterName.MAX_CONNECTIONS, 40.0, ParameterName.WORK_MEM, workMem + 100 * 1024))
                .fits());
        double connections =
                budget.largest(ParameterName.MAX_CONNECTIONS, 1, 10).getAsDouble();
        assertTrue(budget(1024, 0, Map.of(ParameterName.MAX_CONNECTIONS, connections, ParameterName.WORK_MEM, 8 * MB))
                .fits());
        assertFalse(
                budget(1024, 0, Map.of(ParameterName.MAX_CONNECTIONS, connections + 1, ParameterName.WORK_MEM, 8 * MB))
                        .fits());
    }

    @Test
    void namesNoneWhereNoneFits() {
        var budget = budget(512, 0, Map.of(ParameterName.MAX_CONNECTIONS, 500.0, ParameterName.WORK_MEM, 64 * MB));
        assertEquals(OptionalDouble.empty(), budget.largest(ParameterName.WORK_MEM, 1024, 1));
    }

    @ParameterizedTest
    @CsvSource({"64, 0, 0", "128, 0, 0", "512, 0, 500", "256, 8, 100"})
    void namesTheSmallestMemoryThatWouldDo(long memory, int parallelWorkers, double connections) {
        var overrides =
                connections == 0 ? Map.<ParameterName, Double>of() : Map.of(ParameterName.MAX_CONNECTIONS, connections);
        var budget = budget(memory, parallelWorkers, overrides);
        assertFalse(budget.fits());
        long smallest = budget.smallestLimit().orElseThrow().megabytes();
        assertTrue(budget(smallest, parallelWorkers, overrides).fits());
        assertFalse(budget(smallest, parallelWorkers, overrides).gaveWay());
        assertTrue(budget(smallest - 1, parallelWorkers, overrides).gaveWay());
    }

    @Test
    void namesNoMemoryWhereNoneWouldDo() {
        assertEquals(
                Optional.empty(),
                budget(8192, 0, Map.of(ParameterName.MAX_CONNECTIONS, 5000.0, ParameterName.WORK_MEM, MB * MB))
                        .smallestLimit());
    }

    /** With a quarter of the memory for shared_buffers, the page tables of so many sessions never fit into the rest. */
    @Test
    void namesTheLeastMemoryForConnectionsThatLeaveNoShareToBuffers() {
        var overrides = Map.of(ParameterName.MAX_CONNECTIONS, 5000.0);
        long smallest = budget(8192, 0, overrides).smallestLimit().orElseThrow().megabytes();
        assertTrue(budget(smallest, 0, overrides).fits());
        assertFalse(budget(smallest - 1, 0, overrides).fits());
    }

    @ParameterizedTest(name = "{0} MB, {1}: {2} of shared_buffers, {3} for maintenance, {4} connections with {5}")
    @CsvSource({
        "512, max_connections=45, 122MB, 16MB, 45, 64kB",
        "512, max_connections=50, 98MB, 16MB, 50, 64kB",
        "512, max_connections=65, 33MB, 16MB, 65, 64kB",
        "1024, max_connections=150, 77MB, 16MB, 150, 64kB",
        "512, max_locks_per_transaction=12000, 57MB, 16MB, 10, 64kB",
        "512, shared_buffers=268435456, 256MB, 31MB, 10, 64kB",
        "240, '', 52MB, 15MB, 10, 64kB",
    })
    void letsWhatIsComputedGiveWayToWhatIsSet(
            long memory, String setting, String buffers, String maintenance, int connections, String workMem) {
        var overrides = new HashMap<ParameterName, Double>();
        if (!setting.isEmpty()) {
            var words = setting.split("=");
            overrides.put(ParameterName.valueOf(words[0].toUpperCase(Locale.ROOT)), Double.parseDouble(words[1]));
        }
        var budget = budget(memory, 0, overrides);
        Supplier<String> sum = () -> budget.use().sum().text("of " + memory);
        assertTrue(budget.fits(), sum);
        assertEquals(
                List.of(buffers, maintenance, Integer.toString(connections), workMem),
                List.of(
                        budget.use().sharedBuffers().postgres(),
                        budget.use().maintenanceWorkMem().postgres(),
                        Integer.toString(budget.use().connections()),
                        budget.use().workMem().postgres()),
                sum);
    }

    private static MemoryBudget budget(long megabytes, int parallelWorkers, Map<ParameterName, Double> overrides) {
        return MemoryBudget.of(
                ByteSize.ofMegabytes(megabytes),
                needs(parallelWorkers, ByteSize.ofMegabytes(1 << 30), new Overrides(overrides)));
    }

    private static MemoryNeeds needs(int parallelWorkers, ByteSize largestBuffers, Overrides overrides) {
        var computed = new Overrides(Map.of(
                ParameterName.MAX_PARALLEL_WORKERS,
                (double) parallelWorkers,
                ParameterName.MAX_WORKER_PROCESSES,
                Math.max(8.0, parallelWorkers + 4.0),
                ParameterName.MAX_WAL_SENDERS,
                20.0));
        return new MemoryNeeds(
                18,
                ByteSize.ofMegabytes(16),
                1.4,
                largestBuffers,
                Optional.empty(),
                EngineNeeds.DECLARED,
                computed,
                overrides);
    }
}
