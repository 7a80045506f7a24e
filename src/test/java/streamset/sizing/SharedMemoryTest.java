package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

@Tag("unit")
class SharedMemoryTest {
    @ParameterizedTest(name = "{0}: {1} MB, the server's own figure is {2} MB")
    @CsvSource({"14, 144, 142", "15, 144, 143", "16, 144, 143", "17, 144, 143", "18, 151, 150"})
    void isThatOfTheServersWithTheirDefaults(int version, long megabytes, long real) {
        assertEquals(
                megabytes,
                memory(version, Map.of(ParameterName.SHARED_BUFFERS, 128.0 * (1 << 20)))
                        .total()
                        .megabytes());
    }

    @ParameterizedTest(name = "{1} = {2} of PostgreSQL {0}: {3} MB, the server''s own figure is {4} MB")
    @CsvSource({
        "15, MAX_LOCKS_PER_TRANSACTION, 20000, 1087, 1085",
        "15, MAX_PREPARED_TRANSACTIONS, 20000, 1062, 1060",
        "18, IO_MAX_CONCURRENCY, 1000, 233, 231",
    })
    void growsAsThatOfTheServersDoes(int version, ParameterName name, double value, long megabytes, long real) {
        assertEquals(megabytes, memory(version, Map.of(name, value)).total().megabytes());
    }

    @Test
    void countsAWorkerOfMaxWorkerProcessesOnlyOnce() {
        var numbers = Map.of(
                ParameterName.MAX_WORKER_PROCESSES, 30.0,
                ParameterName.MAX_PARALLEL_WORKERS, 8.0,
                ParameterName.MAX_LOGICAL_REPLICATION_WORKERS, 4.0);
        assertEquals(List.of(8, 4, 17), workers(numbers, Set.of(), 12)); // and the launcher of logical replication
        assertEquals(List.of(8, 4, 0), workers(numbers, Set.of(), 30)); // as many as the program computes
        assertEquals(List.of(8, 4, 17), workers(numbers, Set.of("timescaledb"), 30)); // which may take any
        assertEquals(List.of(8, 4, 0), workers(numbers, Set.of("auto_explain"), 30));
    }

    @Test
    void countsNoMoreWorkersThanThereArePlaces() {
        var numbers = Map.of(
                ParameterName.MAX_WORKER_PROCESSES, 4.0,
                ParameterName.MAX_PARALLEL_WORKERS, 3.0,
                ParameterName.MAX_LOGICAL_REPLICATION_WORKERS, 10.0);
        assertEquals(List.of(3, 0, 0), workers(numbers, Set.of(), 12));
    }

    private static List<Integer> workers(Map<ParameterName, Double> values, Set<String> libraries, int computed) {
        var numbers = new ServerNumbers(18, ByteSize.ofMegabytes(16), new Overrides(values, libraries));
        var use = new WorkerUse(numbers, computed);
        return List.of(use.parallel(), use.logical(), use.others());
    }

    private static SharedMemory memory(int version, Map<ParameterName, Double> values) {
        return new SharedMemory(new ServerNumbers(version, ByteSize.ofMegabytes(16), new Overrides(values)));
    }
}
