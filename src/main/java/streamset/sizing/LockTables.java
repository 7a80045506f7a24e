package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/** The lock tables, which have a fixed number of entries for each process and each prepared transaction. */
record LockTables(ServerNumbers server) {
    private static final double RESERVE = 1.1; // "since NLOCKENTS is only an estimate, add 10% safety margin"
    private static final int PER_LOCK = 2; // an entry for each process that holds it: as many as twice the locks
    // sizes of entries
    private static final int LOCK = 152;
    private static final int PROCESS_LOCK = 64; // PROCLOCK
    private static final int PREDICATE_TARGET = 32; // PREDICATELOCKTARGET
    private static final int PREDICATE_LOCK = 56;
    // serializable transactions: a number for each process, and conflicts of each
    private static final int TRANSACTIONS = 10;
    private static final int CONFLICTS = 5;
    private static final int TRANSACTION = 168; // SERIALIZABLEXACT
    private static final int CONFLICT = 48; // RWConflictData
    private static final int TRANSACTION_NUMBER = 16; // SERIALIZABLEXID
    // from 18 on every process has its own fast-path slots for locks without conflicts
    private static final int FAST_SLOTS = 16; // of a group: FP_LOCK_SLOTS_PER_GROUP
    private static final int MOST_FAST_GROUPS = 1024; // FP_LOCK_GROUPS_PER_BACKEND_MAX
    private static final int FAST_GROUP = 8 + FAST_SLOTS * 4; // bits, and a table's number in each slot

    /** LockManagerShmemSize, src/backend/storage/lmgr/lock.c; FastPathLockShmemSize, proc.c. */
    SharedPart locks() {
        int each = server.count(ParameterName.MAX_LOCKS_PER_TRANSACTION);
        return new SharedPart(
                tables(each, LOCK, PROCESS_LOCK) + (server.hasAsynchronousIo() ? fastPath(each) : 0),
                "locks: max_locks_per_transaction of " + each + holders(),
                List.of(ParameterName.MAX_LOCKS_PER_TRANSACTION, ParameterName.MAX_PREPARED_TRANSACTIONS));
    }

    /** PredicateLockShmemSize, src/backend/storage/lmgr/predicate.c. */
    SharedPart predicateLocks() {
        int each = server.count(ParameterName.MAX_PRED_LOCKS_PER_TRANSACTION);
        long transactions = server.lockers() * TRANSACTIONS;
        return new SharedPart(
                tables(each, PREDICATE_TARGET, PREDICATE_LOCK)
                        + transactions * (double) (TRANSACTION + CONFLICTS * CONFLICT)
                        + SharedHash.bytes(transactions, TRANSACTION_NUMBER),
                "predicate locks: max_pred_locks_per_transaction of " + each + holders(),
                List.of(ParameterName.MAX_PRED_LOCKS_PER_TRANSACTION, ParameterName.MAX_PREPARED_TRANSACTIONS));
    }

    private double tables(int each, int lock, int processLock) {
        long locks = each * server.lockers();
        return RESERVE * (SharedHash.bytes(locks, lock) + SharedHash.bytes(locks * PER_LOCK, processLock));
    }

    private double fastPath(int each) {
        long groups = Math.max(1, Math.min(SharedHash.powerOfTwo(each) / FAST_SLOTS, MOST_FAST_GROUPS));
        return (double) (server.lockers() + server.auxiliary()) * groups * FAST_GROUP;
    }

    private String holders() {
        int prepared = server.count(ParameterName.MAX_PREPARED_TRANSACTIONS);
        return " for each of " + server.backends() + " processes"
                + (prepared == 0 ? "" : " and " + prepared + " prepared transactions");
    }
}
