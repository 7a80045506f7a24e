package streamset.sizing;

import streamset.catalog.ParameterName;
import streamset.units.Cpu;

/**
 * Worker processes, computed from the CPU of a pod.
 *
 * @param workerProcesses max_worker_processes: all of those below, and those of extensions and logical replication
 * @param parallelWorkers max_parallel_workers: those that queries and index builds share
 * @param perGather max_parallel_workers_per_gather: the most that one node of a query takes
 * @param maintenance max_parallel_maintenance_workers: the most that one index build takes
 * @param io io_workers: processes that read for the others (PostgreSQL 18 on)
 */
public record Parallelism(int workerProcesses, int parallelWorkers, int perGather, int maintenance, int io) {
    private static final int MOST_PER_NODE = 4; // with more, a single query takes the machine from all others
    private static final int LEAST_WORKER_PROCESSES = 8; // PostgreSQL's default
    private static final int OTHER_WORKERS = 4; // the launcher of logical replication, its workers, extensions
    private static final int LEAST_IO_WORKERS = 3; // PostgreSQL's default
    private static final int MOST_IO_WORKERS = 32; // PostgreSQL's limit
    private static final int CORES_PER_IO_WORKER = 4; // a quarter of the cores, as the release notes of 18 suggest

    /**
     * With less than two whole cores nothing runs in parallel: the workers of a query would share one core.
     *
     * @param overrides a value for the workers of one node needs at least as many in total
     */
    public static Parallelism of(Cpu cpu, Overrides overrides) {
        int cores = (int) (cpu.millicores() / 1000);
        int perNode = Math.min(MOST_PER_NODE, cores / 2);
        int perNodeAsSet = Math.max(
                overrides.number(ParameterName.MAX_PARALLEL_WORKERS_PER_GATHER, 0),
                overrides.number(ParameterName.MAX_PARALLEL_MAINTENANCE_WORKERS, 0));
        int workers =
                overrides.number(ParameterName.MAX_PARALLEL_WORKERS, Math.max(cores < 2 ? 0 : cores, perNodeAsSet));
        return new Parallelism(
                Math.max(LEAST_WORKER_PROCESSES, workers + OTHER_WORKERS),
                workers,
                perNode,
                perNode,
                Math.min(Math.max(LEAST_IO_WORKERS, cores / CORES_PER_IO_WORKER), MOST_IO_WORKERS));
    }
}
