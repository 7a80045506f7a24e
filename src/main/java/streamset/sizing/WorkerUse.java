package streamset.sizing;

import java.util.stream.Stream;
import streamset.catalog.ParameterName;

/**
 * The number of processes besides connections and the background processes of every server.
 *
 * <p>All workers of max_worker_processes are parallel workers, the launcher and the workers of logical replication, or those
 * of libraries. A stack that sets more than the program computes, or loads an unknown library, is assumed to use them.
 *
 * @param computed the max_worker_processes that the program computes
 */
record WorkerUse(ServerNumbers server, int computed) {
    private static final int LAUNCHER = 1; // of logical replication; counted with the background processes
    private static final int USUAL_IO_WORKERS = 3; // counted with the background processes

    /** Workers that queries and index builds share. */
    int parallel() {
        return Math.min(server.count(ParameterName.MAX_PARALLEL_WORKERS), workers());
    }

    /** Workers of subscriptions. */
    int logical() {
        return between(server.count(ParameterName.MAX_LOGICAL_REPLICATION_WORKERS), workers() - parallel() - LAUNCHER);
    }

    /** Other, unknown workers. */
    int others() {
        boolean wanted = workers() > computed || new Libraries(server).unknown();
        return wanted ? Math.max(0, workers() - parallel() - logical() - LAUNCHER) : 0;
    }

    /** I/O workers beyond those that a server of PostgreSQL 18 starts with. */
    int moreIo() {
        return server.hasAsynchronousIo() ? Math.max(0, server.count(ParameterName.IO_WORKERS) - USUAL_IO_WORKERS) : 0;
    }

    /** Workers of autovacuum. */
    int autovacuum() {
        return Math.min(server.count(ParameterName.AUTOVACUUM_MAX_WORKERS), server.autovacuumSlots());
    }

    /** Processes that only run if a parameter enables them. */
    int optional() {
        return (int)
                Stream.of(ParameterName.ARCHIVE_MODE, ParameterName.SUMMARIZE_WAL, ParameterName.SYNC_REPLICATION_SLOTS)
                        .filter(server::isOn)
                        .count();
    }

    private int workers() {
        return server.count(ParameterName.MAX_WORKER_PROCESSES);
    }

    private static int between(int wanted, int left) {
        return Math.max(0, Math.min(wanted, left));
    }
}
