package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/**
 * The caches of transaction status: SimpleLruShmemSize, src/backend/access/transam/slru.c. From 17 on each has a parameter;
 * before that, their sizes are fixed or follow from shared_buffers.
 */
record TransactionCaches(ServerNumbers server) {
    private static final int PAGE = 8192;
    private static final int BESIDE_PAGE =
            8 + 4 + 1 + 4 + 8 + 128 + 9; // of a page: state, use, a lock; of a bank: a lock
    private static final int LOCATIONS = 1024 * 8; // of WAL, which pages of pg_xact have besides: CLOG_LSNS_PER_PAGE
    private static final int CACHE = 1024; // of each cache, SlruSharedData and what rounding takes
    private static final int FIRST_WITH_PARAMETERS = 17;
    static final int BANK = 16; // pages: SLRU_BANK_SIZE
    // until 16
    private static final int FIXED_PAGES = 8 + 8 + 16 + 32 + 16; // notify, offsets and members, subtransactions, serial
    private static final int FIXED_CACHES = 5;
    private static final int LEAST = 4;
    private static final int MOST_TRANSACTIONS = 128; // CLOGShmemBuffers, clog.c
    private static final int MOST_TIMESTAMPS = 256; // CommitTsShmemBuffers, commit_ts.c; 16 of 14
    // from 17 on: SimpleLruAutotuneBuffers
    private static final int OF_BUFFERS = 512;
    private static final int OF_BUFFERS_FOR_TIMESTAMPS = 256; // until 16; 1024 on 14
    private static final int MOST = 1024;

    /** The sizes of the caches, which are multiples of a bank. */
    static final List<ParameterName> PARAMETERS = List.of(
            ParameterName.TRANSACTION_BUFFERS,
            ParameterName.SUBTRANSACTION_BUFFERS,
            ParameterName.COMMIT_TIMESTAMP_BUFFERS,
            ParameterName.MULTIXACT_MEMBER_BUFFERS,
            ParameterName.MULTIXACT_OFFSET_BUFFERS,
            ParameterName.NOTIFY_BUFFERS,
            ParameterName.SERIALIZABLE_BUFFERS);

    SharedPart part() {
        return new SharedPart(
                server.version() < FIRST_WITH_PARAMETERS ? withoutParameters() : withParameters(),
                "caches of transaction status",
                PARAMETERS);
    }

    private double withoutParameters() {
        return cache(between(LEAST, buffers() / OF_BUFFERS, MOST_TRANSACTIONS), LOCATIONS)
                + cache(between(LEAST, buffers() / OF_BUFFERS_FOR_TIMESTAMPS, MOST_TIMESTAMPS), 0)
                + cache(FIXED_PAGES, 0)
                + (FIXED_CACHES - 1) * CACHE;
    }

    private double withParameters() {
        return PARAMETERS.stream()
                .mapToDouble(name -> cache(pages(name), name == ParameterName.TRANSACTION_BUFFERS ? LOCATIONS : 0))
                .sum();
    }

    private double pages(ParameterName name) {
        double set = server.number(name) / PAGE;
        return set > 0 ? Math.max(BANK, set) : between(BANK, buffers() / OF_BUFFERS, MOST);
    }

    private static double cache(double pages, int besides) {
        return pages * (PAGE + BESIDE_PAGE + besides) + CACHE;
    }

    private double buffers() {
        return server.number(ParameterName.SHARED_BUFFERS) / PAGE;
    }

    private static double between(int least, double value, int most) {
        return Math.min(most, Math.max(least, value));
    }
}
