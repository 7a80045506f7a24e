package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.catalog.ParameterName;
import streamset.units.Cpu;

@Tag("unit")
class ParallelismTest {
    @ParameterizedTest(name = "{0}: {1} processes, {2} parallel workers, {3} for a query, {4} for an index, {5} read")
    @CsvSource({
        "100m,  8,   0,   0, 0, 3",
        "1,     8,   0,   0, 0, 3",
        "1999m, 8,   0,   0, 0, 3",
        "2,     8,   2,   1, 1, 3",
        "3,     8,   3,   1, 1, 3",
        "4,     8,   4,   2, 2, 3",
        "8,     12,  8,   4, 4, 3",
        "16,    20,  16,  4, 4, 4",
        "64,    68,  64,  4, 4, 16",
        "200,   204, 200, 4, 4, 32",
    })
    void followsTheCores(String cpu, int processes, int workers, int perGather, int maintenance, int io) {
        assertEquals(
                new Parallelism(processes, workers, perGather, maintenance, io),
                Parallelism.of(Cpu.parse(cpu), Overrides.NONE));
    }

    @Test
    void hasTheWorkersThatAreSetForOneQuery() {
        assertEquals(
                2,
                Parallelism.of(
                                Cpu.parse("500m"),
                                new Overrides(Map.of(ParameterName.MAX_PARALLEL_WORKERS_PER_GATHER, 2.0)))
                        .parallelWorkers());
    }

    @Test
    void hasRoomForTheParallelWorkersThatAreSet() {
        assertEquals(
                20,
                Parallelism.of(Cpu.parse("2"), new Overrides(Map.of(ParameterName.MAX_PARALLEL_WORKERS, 16.0)))
                        .workerProcesses());
    }
}
