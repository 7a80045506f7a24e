package streamset.catalog;

/**
 * How PostgreSQL changes values of some parameters beyond the rules of their type, in its check_hook and show_hook functions:
 * so that equal values compare as equal. And values that it accepts in a conf file, but ignores.
 *
 * <p>Values that these functions refuse are left to the server, which reports them itself: words in lists, names of standbys,
 * multiples of banks, and whatever depends on other parameters, on the machine, on the databases or on libraries.
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

    /** @param name as {@code pg_settings.name} writes it */
    static CheckHook of(String name, int major) {
        return switch (name) {
            case "autovacuum_work_mem" -> atLeast(major < 17 ? 1024 : 64); // kB, as maintenance_work_mem
            case "wal_buffers" -> atLeast(4); // blocks; xlog.c: check_wal_buffers
            case "log_file_mode", "unix_socket_permissions" -> CheckHook::octal;
            case "transaction_isolation", "transaction_read_only", "transaction_deferrable" -> ofOneTransaction(name);
            case "config_file" -> refused("can only be set on the server's command line");
            case "DateStyle" -> DateStyle::check;
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

    private static String octal(String mode) {
        return String.format("%04o", Integer.parseInt(mode));
    }
}
