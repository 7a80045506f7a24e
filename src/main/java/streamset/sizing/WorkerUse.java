package streamset.sizing;

import java.util.stream.Stream;
import streamset.catalog.ParameterName;

/**
 * How many processes there can be beside connections and the background processes that every server has.
 *
 * <p>All workers of max_worker_processes are parallel workers, the launcher and the workers of logical replication, or those
 * of libraries. Whoever sets more than the program computes, or loads a library of which nothing is known, wants them.
 *
 * @param computed max_worker_processes as the program computes them
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

    /** Workers that nothing here knows. */
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

    /** Processes that are there only when a parameter says so. */
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
