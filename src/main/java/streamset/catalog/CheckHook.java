package streamset.catalog;

import java.util.List;

/**
 * What PostgreSQL demands of some parameters beyond type and range, or changes in their values; its check_hook and
 * show_hook functions.
 *
 * <p>Left to the server, because they depend on other parameters (the sum of max_connections, max_worker_processes,
 * autovacuum_max_workers and max_wal_senders below 262143; log_statement_stats beside log_parser_stats; two recovery
 * targets), on the machine (max_stack_depth, TimeZone, log_timezone, lc_*, files and folders, huge pages, the addresses to
 * listen on), on the databases (roles, tablespaces, slots, text search configurations) or on libraries that are loaded
 * later, and because hardly anybody sets them (backtrace_functions, recovery_target_*, client_encoding, ssl_*).
 */
@FunctionalInterface
interface CheckHook {
    int BANK_BLOCKS = 16; // slru.h: SLRU_BANK_SIZE
    int LEAST_RING_KILOBYTES = 128; // miscadmin.h: MIN_BAS_VAC_RING_SIZE_KB

    /** The check of a parameter of which PostgreSQL demands no more. */
    CheckHook ANYTHING = value -> value;

    /**
     * @param value as the type shows it
     * @return as {@code pg_settings.setting} shows it
     * @throws IllegalArgumentException with the reason, when PostgreSQL refuses it
     */
    String check(String value);

    /** @param name as {@code pg_settings.name} writes it */
    static CheckHook of(String name, int major) {
        return switch (name) {
            case "autovacuum_work_mem" -> atLeast(major < 17 ? 1024 : 64); // kB, as maintenance_work_mem
            case "wal_buffers" -> atLeast(4); // blocks; xlog.c: check_wal_buffers
            case "vacuum_buffer_usage_limit" -> CheckHook::bufferUsageLimit;
            case "io_max_concurrency" -> unless("0", "must be -1 (computed) or at least 1");
            case "commit_timestamp_buffers",
                    "multixact_member_buffers",
                    "multixact_offset_buffers",
                    "notify_buffers",
                    "serializable_buffers",
                    "subtransaction_buffers",
                    "transaction_buffers" -> CheckHook::wholeBanks;
            case "log_file_mode", "unix_socket_permissions" -> CheckHook::octal;
            case "bonjour" -> unless("on", "must be off: the server is built without Bonjour");
            case "transaction_isolation", "transaction_read_only", "transaction_deferrable" -> ofOneTransaction(name);
            case "config_file" -> refused("can only be given on the server's command line");
            case "DateStyle" -> DateStyle::check;
            case "synchronous_standby_names" -> SynchronousStandbyNames::check;
            default -> keywords(name, major);
        };
    }

    private static CheckHook keywords(String name, int major) {
        return switch (name) {
            case "log_destination" ->
                major < 15
                        ? new KeywordList("stderr", "csvlog", "syslog")
                        : new KeywordList("stderr", "csvlog", "jsonlog", "syslog");
            case "log_connections" ->
                major < 18
                        ? ANYTHING // a boolean
                        : new KeywordList(
                                List.of("receipt", "authentication", "authorization", "setup_durations", "all"),
                                List.of("on", "off", "true", "false", "yes", "no", "1", "0"));
            case "createrole_self_grant" -> new KeywordList("set", "inherit");
            case "debug_io_direct" -> new KeywordList("data", "wal", "wal_init");
            case "restrict_nonsystem_relation_kind" -> new KeywordList("view", "foreign-table");
            default -> ANYTHING;
        };
    }

    private static CheckHook refused(String reason) {
        return value -> {
            throw new IllegalArgumentException(reason);
        };
    }

    private static CheckHook unless(String refused, String reason) {
        return value -> {
            if (value.equals(refused)) {
                throw new IllegalArgumentException(reason);
            }
            return value;
        };
    }

    private static CheckHook ofOneTransaction(String name) {
        return refused("belongs to a single transaction: set default_" + name + " instead");
    }

    /** Raises what is lower, but leaves -1. */
    private static CheckHook atLeast(int least) {
        return value -> value.equals("-1") ? value : Integer.toString(Math.max(least, Integer.parseInt(value)));
    }

    private static String bufferUsageLimit(String kilobytes) {
        int value = Integer.parseInt(kilobytes);
        if (value > 0 && value < LEAST_RING_KILOBYTES) {
            throw new IllegalArgumentException("must be 0 (no limit) or 128kB … 16GB");
        }
        return kilobytes;
    }

    private static String wholeBanks(String blocks) {
        if (Integer.parseInt(blocks) % BANK_BLOCKS != 0) {
            throw new IllegalArgumentException("must be a multiple of 128kB, which is a bank of 16 blocks");
        }
        return blocks;
    }

    private static String octal(String mode) {
        return String.format("%04o", Integer.parseInt(mode));
    }
}
