package streamset.sizing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import streamset.catalog.ParameterName;

/**
 * What libraries use that are loaded when the server starts. Of those in the official image, only two use shared memory or
 * processes; others are unknown.
 */
record Libraries(ServerNumbers server) {
    private static final String STATEMENTS = "pg_stat_statements";
    private static final String PREWARM = "pg_prewarm";
    private static final Map<Integer, Integer> STATEMENT =
            Map.of(14, 280, 15, 360, 16, 360, 17, 408, 18, 432); // pgssEntry
    private static final int PREWARM_PROCESSES = 2; // one that records what is cached, one that loads it again
    private static final double PREWARM_LIST =
            20.0 / 8192; // BlockInfoRecord of each buffer, in parts of shared_buffers
    /** Libraries of the official image that can be preloaded and use neither shared memory nor a process. */
    private static final Set<String> WITHOUT = Set.of(
            "auth_delay",
            "auto_explain",
            "basebackup_to_shell",
            "basic_archive",
            "passwordcheck",
            "pg_overexplain",
            "pg_trgm",
            "pgcrypto",
            "plperl",
            "plpgsql",
            "plpython3",
            "pltcl",
            "postgres_fdw",
            "sepgsql");

    /** pgss_memsize, contrib/pg_stat_statements/pg_stat_statements.c. */
    SharedPart statements() {
        var name = ParameterName.PG_STAT_STATEMENTS_MAX;
        long most = server.count(name);
        return new SharedPart(
                has(STATEMENTS) ? SharedHash.bytes(most, STATEMENT.get(server.version())) : 0,
                name + " of " + most,
                List.of(name, ParameterName.SHARED_PRELOAD_LIBRARIES));
    }

    /** Processes of contrib/pg_prewarm/autoprewarm.c. */
    int prewarmProcesses() {
        return has(PREWARM) ? PREWARM_PROCESSES : 0;
    }

    /** The list that one of them makes, in bytes: apw_dump_now, contrib/pg_prewarm/autoprewarm.c. */
    double prewarmList() {
        return has(PREWARM) ? PREWARM_LIST * server.number(ParameterName.SHARED_BUFFERS) : 0;
    }

    /** Whether there are unknown libraries, which may use any remaining process. */
    boolean unknown() {
        return loaded().stream()
                .anyMatch(name -> !name.equals(STATEMENTS) && !name.equals(PREWARM) && !WITHOUT.contains(name));
    }

    private boolean has(String library) {
        return loaded().contains(library);
    }

    private Set<String> loaded() {
        return server.values().libraries();
    }
}
