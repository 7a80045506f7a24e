package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/** The shared memory for each process, and for each process of some kinds. */
record ProcessSlots(ServerNumbers server) {
    private static final int PROCESS = 888 + 6; // PGPROC, 832 … 888, and its entries in three arrays
    private static final int SEMAPHORE = 128; // padded to a cache line: PGSemaphoreData, src/backend/port/posix_sema.c
    // PgBackendStatus 432 or 440; two names of 64; PgBackendSSLStatus 324; PgBackendGSSStatus 68; ProcSignalSlot 80 …
    // 128
    private static final int STATUS = 440 + 2 * 64 + 324 + 68 + 128;
    // messages of invalid caches 20 or 32, a place in the queue of NOTIFY 20 or 32, vacuum 12, MultiXact 8, child 8
    private static final int BACKEND = 32 + 32 + 12 + 8 + 8;
    private static final int PLACE_IN_ARRAY = 4;
    private static final int SUBTRANSACTIONS = 65; // that a standby remembers for each: PGPROC_MAX_CACHED_SUBXIDS + 1
    private static final int SUBTRANSACTION = 5;
    private static final int PREPARED = 264 + 8; // GlobalTransactionData and a pointer to it; MultiXact 8 with it
    private static final int AIO_BACKEND = 328; // PgAioBackend
    private static final int WORKER = 1488; // BackgroundWorkerSlot
    private static final int WORKER_UNTIL_16 = 560;
    private static final int FIRST_WITH_LARGE_WORKERS = 17;
    private static final int AUTOVACUUM_WORKER = 64; // WorkerInfoData, 48 or 64
    private static final int SENDER = 104; // WalSnd, 96 or 104
    private static final int SLOT = 288; // ReplicationSlot, 264 … 288
    private static final int ORIGIN = 56; // ReplicationState
    private static final int LOGICAL_WORKER = 128; // LogicalRepWorker, 104 … 128

    /**
     * ProcGlobalShmemSize, src/backend/storage/lmgr/proc.c; ProcArrayShmemSize, procarray.c; BackendStatusShmemSize,
     * src/backend/utils/activity/backend_status.c; ProcSignalShmemSize, procsignal.c; SharedInvalShmemSize, sinvaladt.c;
     * AsyncShmemSize, src/backend/commands/async.c; PMSignalShmemSize, pmsignal.c; BTreeShmemSize, nbtutils.c.
     */
    SharedPart processes() {
        double all = server.backends() + server.auxiliary();
        double bytes = all * (PROCESS + SEMAPHORE + STATUS)
                + server.backends() * (double) BACKEND
                + server.lockers() * (PLACE_IN_ARRAY + subtransactions())
                + (server.hasAsynchronousIo() ? all * AIO_BACKEND : 0);
        return new SharedPart(bytes, server.backends() + " processes", List.of());
    }

    /** A standby remembers the transactions of its primary until it is promoted. */
    private double subtransactions() {
        return server.isOn(ParameterName.HOT_STANDBY) ? SUBTRANSACTIONS * SUBTRANSACTION : 0;
    }

    /** The statement that each process runs: BackendStatusShmemSize, src/backend/utils/activity/backend_status.c. */
    SharedPart texts() {
        var name = ParameterName.TRACK_ACTIVITY_QUERY_SIZE;
        long processes = server.backends() + server.auxiliary();
        return new SharedPart(
                processes * server.number(name),
                "statements: " + name + " of " + server.count(name) + " bytes for each of " + processes + " processes",
                List.of(name));
    }

    /** TwoPhaseShmemSize, src/backend/access/transam/twophase.c; each has the place of a process too: proc.c. */
    SharedPart prepared() {
        double prepared = server.number(ParameterName.MAX_PREPARED_TRANSACTIONS);
        return new SharedPart(
                prepared * (PREPARED + PROCESS),
                (long) prepared + " prepared transactions",
                List.of(ParameterName.MAX_PREPARED_TRANSACTIONS));
    }

    /**
     * BackgroundWorkerShmemSize, src/backend/postmaster/bgworker.c; AutoVacuumShmemSize, autovacuum.c;
     * ApplyLauncherShmemSize, src/backend/replication/logical/launcher.c.
     */
    SharedPart workers() {
        int worker = server.version() < FIRST_WITH_LARGE_WORKERS ? WORKER_UNTIL_16 : WORKER;
        return new SharedPart(
                server.number(ParameterName.MAX_WORKER_PROCESSES) * worker
                        + (double) server.autovacuumSlots() * AUTOVACUUM_WORKER
                        + server.number(ParameterName.MAX_LOGICAL_REPLICATION_WORKERS) * LOGICAL_WORKER,
                "places of workers",
                List.of());
    }

    /**
     * WalSndShmemSize, src/backend/replication/walsender.c; ReplicationSlotsShmemSize, slot.c; ReplicationOriginShmemSize,
     * logical/origin.c, which until 17 has as many as there are slots.
     */
    SharedPart replication() {
        double slots = server.number(ParameterName.MAX_REPLICATION_SLOTS);
        double origins =
                server.hasAsynchronousIo() ? server.number(ParameterName.MAX_ACTIVE_REPLICATION_ORIGINS) : slots;
        return new SharedPart(
                server.number(ParameterName.MAX_WAL_SENDERS) * SENDER + slots * SLOT + origins * ORIGIN,
                "places of senders, slots and origins",
                List.of());
    }
}
