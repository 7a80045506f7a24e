package streamset.catalog;

import java.util.List;

/**
 * How PostgreSQL changes values of some parameters beyond the rules of their type, in its check_hook and show_hook functions:
 * so that equal values compare as equal. And values that it accepts in a conf file, but ignores.
 *
 * <p>Names of standbys, and values that depend on other parameters, on the machine, on the databases or on libraries, are left
 * to the server, which reports them itself.
 */
@FunctionalInterface
interface CheckHook {
    /** The hook of a parameter without rules beyond its type. */
    CheckHook ANYTHING = value -> value;

    /**
     * @param value in the form of the type
     * @return in the form of {@code pg_settings.setting}
     * @throws IllegalArgumentException with the reason, when it would have no effect
     */
    String check(String value);

    int FIRST_WITH_LIST_OF_CONNECTIONS = 18; // a boolean before
    int FIRST_WITH_JSON = 15;
    List<String> LOGS = List.of("stderr", "csvlog", "syslog");
    List<String> LOGS_WITH_JSON = List.of("stderr", "csvlog", "jsonlog", "syslog");

    /** validate_log_connections_options in backend_startup.c: the words of the former boolean only in full, and alone. */
    CheckHook CONNECTIONS = new WordList(
            List.of("receipt", "authentication", "authorization", "setup_durations", "all"),
            List.of("on", "off", "true", "false", "yes", "no", "1", "0"));

    int BANK = 16; // pages: SLRU_BANK_SIZE
    int LEAST_RING_KB = 128;

    /** @param name as {@code pg_settings.name} writes it */
    static CheckHook of(String name, int major) {
        return switch (name) {
            case "autovacuum_work_mem" -> atLeast(major < 17 ? 1024 : 64); // kB, as maintenance_work_mem
            case "wal_buffers" -> atLeast(4); // blocks; xlog.c: check_wal_buffers
            case "log_file_mode", "unix_socket_permissions" -> CheckHook::octal;
            case "transaction_isolation", "transaction_read_only", "transaction_deferrable" -> ofOneTransaction(name);
            case "config_file" -> refused("can only be set on the server's command line");
            case "DateStyle" -> DateStyle::check;
            case "log_connections" -> major < FIRST_WITH_LIST_OF_CONNECTIONS ? ANYTHING : CONNECTIONS;
            case "log_destination" -> WordList.of(major < FIRST_WITH_JSON ? LOGS : LOGS_WITH_JSON);
            case "createrole_self_grant" -> WordList.of(List.of("set", "inherit"));
            case "debug_io_direct" -> WordList.of(List.of("data", "wal", "wal_init"));
            case "restrict_nonsystem_relation_kind" -> WordList.of(List.of("view", "foreign-table"));
            case "io_max_concurrency" -> CheckHook::automaticOrMore;
            case "vacuum_buffer_usage_limit" -> CheckHook::noneOrARing;
            case "commit_timestamp_buffers",
                    "multixact_member_buffers",
                    "multixact_offset_buffers",
                    "notify_buffers",
                    "serializable_buffers",
                    "subtransaction_buffers",
                    "transaction_buffers" -> CheckHook::banks;
            default -> ANYTHING;
        };
    }

    private static CheckHook refused(String reason) {
        return value -> {
            throw new IllegalArgumentException(reason);
        };
    }

    private static CheckHook ofOneTransaction(String name) {
        return refused("belongs to a single transaction: set default_" + name + " instead");
    }

    /** Raises lower values, except -1. */
    private static CheckHook atLeast(int least) {
        return value -> value.equals("-1") ? value : Integer.toString(Math.max(least, Integer.parseInt(value)));
    }

    /** check_slru_buffers, slru.c. */
    private static String banks(String pages) {
        if (Integer.parseInt(pages) % BANK != 0) {
            throw new IllegalArgumentException("must be a multiple of " + BANK + " pages (128kB)");
        }
        return pages;
    }

    /** check_io_max_concurrency, aio.c. */
    private static String automaticOrMore(String number) {
        if (number.equals("0")) {
            throw new IllegalArgumentException("must be -1 (the server chooses), or 1 or more");
        }
        return number;
    }

    /** check_vacuum_buffer_usage_limit, vacuum.c. */
    private static String noneOrARing(String kilobytes) {
        if (!kilobytes.equals("0") && Integer.parseInt(kilobytes) < LEAST_RING_KB) {
            throw new IllegalArgumentException("must be 0 (no limit), or " + LEAST_RING_KB + "kB or more");
        }
        return kilobytes;
    }

    private static String octal(String mode) {
        return String.format("%04o", Integer.parseInt(mode));
    }
}
