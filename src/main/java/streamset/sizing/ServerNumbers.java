package streamset.sizing;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * The numbers that a server runs with: set or computed values, and the defaults of its version for all others.
 *
 * @param version the major version
 * @param walSegment of the database
 * @param values what is set or computed
 */
record ServerNumbers(int version, ByteSize walSegment, Overrides values) {
    private static final Map<Integer, Map<ParameterName, Double>> DEFAULTS = new ConcurrentHashMap<>();
    private static final int WAL_BUFFERS = 32; // one in so many of shared_buffers: XLOGChooseNumBuffers in xlog.c
    private static final ByteSize LEAST_WAL_BUFFERS = new ByteSize(64 << 10); // as there
    private static final int FIRST_WITH_SLOT_WORKER = 17;
    // processes that are not backends: checkpointer, writers, archiver … and from 18 on each of 32 I/O workers
    private static final int AUXILIARY = 8;
    private static final int AUXILIARY_WITH_IO_WORKERS = 38;
    private static final int FIRST_WITH_IO_WORKERS = 18;

    /** A size in bytes, any other number unchanged; 0 for a parameter that this version does not have, or without a number. */
    double number(ParameterName name) {
        return values.real(name, defaults(version).getOrDefault(name, 0.0));
    }

    int count(ParameterName name) {
        return (int) number(name);
    }

    ByteSize size(ParameterName name) {
        return new ByteSize((long) Math.max(0, number(name)));
    }

    /** Whether a boolean is on. */
    boolean isOn(ParameterName name) {
        return number(name) != 0;
    }

    boolean hasAsynchronousIo() {
        return version >= FIRST_WITH_IO_WORKERS;
    }

    /** wal_buffers, or what the server computes when they are -1. */
    ByteSize walBuffers() {
        return number(ParameterName.WAL_BUFFERS) >= 0
                ? size(ParameterName.WAL_BUFFERS)
                : size(ParameterName.SHARED_BUFFERS)
                        .scaled(1, WAL_BUFFERS)
                        .min(walSegment)
                        .max(LEAST_WAL_BUFFERS);
    }

    /** Processes that can be connected to a database: MaxBackends, src/backend/utils/init/postinit.c. */
    long backends() {
        return (long) count(ParameterName.MAX_CONNECTIONS)
                + autovacuumSlots()
                + count(ParameterName.MAX_WORKER_PROCESSES)
                + count(ParameterName.MAX_WAL_SENDERS)
                + specialProcesses();
    }

    /** The launcher of autovacuum, and from 17 on a worker that synchronizes slots. */
    private int specialProcesses() {
        return version < FIRST_WITH_SLOT_WORKER ? 1 : 2;
    }

    /** Backends and prepared transactions: everything that can hold a lock. */
    long lockers() {
        return backends() + count(ParameterName.MAX_PREPARED_TRANSACTIONS);
    }

    /** Processes that are not backends: NUM_AUXILIARY_PROCS, src/include/storage/proc.h. */
    int auxiliary() {
        return hasAsynchronousIo() ? AUXILIARY_WITH_IO_WORKERS : AUXILIARY;
    }

    /** Slots of autovacuum workers; until 17 each worker has one. */
    int autovacuumSlots() {
        return hasAsynchronousIo()
                ? count(ParameterName.AUTOVACUUM_WORKER_SLOTS)
                : count(ParameterName.AUTOVACUUM_MAX_WORKERS);
    }

    ServerNumbers with(ParameterName name, double value) {
        return new ServerNumbers(version, walSegment, values.with(name, value));
    }

    private static Map<ParameterName, Double> defaults(int version) {
        return DEFAULTS.computeIfAbsent(version, ServerNumbers::read);
    }

    private static Map<ParameterName, Double> read(int version) {
        var numbers = new EnumMap<ParameterName, Double>(ParameterName.class);
        for (var name : ParameterName.values()) {
            Catalog.of(version)
                    .parameter(name.toString())
                    .flatMap(Parameter::bootNumber)
                    .ifPresent(number -> numbers.put(name, number));
        }
        return numbers;
    }
}
