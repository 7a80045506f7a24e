package streamset.conf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.Budgets;

/**
 * Values that PostgreSQL takes one by one and that do not go together; some of it the server itself does not notice.
 *
 * @param checked the values that hold, by name
 */
record Consistency(Map<String, CheckedSetting> checked, StackConfig config, Budgets budgets, Problems problems) {
    private static final int LEAST_SEGMENTS = 2; // of max_wal_size and min_wal_size, says PostgreSQL
    private static final int SUPERUSER_RESERVED = 3; // PostgreSQL's default

    void check() {
        walSizes();
        keptWal();
        synchronousStandbys();
        reservedConnections();
        durability();
        archiving();
        ioUring();
    }

    private void walSizes() {
        var least = config.wal().segmentSize().times(LEAST_SEGMENTS);
        for (var name : List.of("max_wal_size", "min_wal_size")) {
            checked(name)
                    .filter(size -> size.number() < least.bytes())
                    .ifPresent(size -> refuse(
                            size,
                            "must be at least two segments of WAL (" + least.postgres()
                                    + "): the server does not start with less",
                            least.postgres()));
        }
        var wal = budgets.wal();
        if (wal.minSize().compareTo(wal.maxSize()) > 0) {
            checked("min_wal_size")
                    .ifPresent(size -> refuse(
                            size,
                            "is more than max_wal_size (" + wal.maxSize().postgres()
                                    + "): more would be kept ready than ever is used, and pg_wal outgrows its budget",
                            wal.maxSize().postgres()));
        }
    }

    /** Two keys for the same thing: which one holds? */
    private void keptWal() {
        config.wal()
                .keep()
                .filter(keep -> config.parameters().containsKey("wal_keep_size"))
                .ifPresent(keep -> {
                    var pinned = WrittenSetting.pinned(
                            "wal_keep_size", config.parameters().get("wal_keep_size"));
                    problems.add(
                            pinned.subject(),
                            pinned.shown(),
                            "is set together with "
                                    + WrittenSetting.pinned(keep).subject() + "; only one can hold",
                            pinned.removal());
                });
    }

    private void synchronousStandbys() {
        if (config.roles().synchronousStandbys() > 0) {
            checked("synchronous_standby_names")
                    .map(CheckedSetting::written)
                    .ifPresent(written -> problems.add(
                            written.subject(),
                            written.shown(),
                            "is set together with streamset:synchronous; only one can hold",
                            written.removal()));
        }
    }

    private void reservedConnections() {
        int connections = budgets.memory().use().connections();
        int superuser = (int) number("superuser_reserved_connections", SUPERUSER_RESERVED);
        int others = (int) number("reserved_connections", 0);
        if (superuser + others >= connections) {
            List.of("reserved_connections", "superuser_reserved_connections", "max_connections").stream()
                    .flatMap(name -> checked(name).stream())
                    .findFirst()
                    .ifPresent(written -> problems.add(
                            written.written().subject(),
                            written.written().shown(),
                            "leaves no connection for anybody: " + superuser + " reserved for superusers + " + others
                                    + " reserved for roles, of max_connections = " + connections,
                            written.written().removal()));
        }
    }

    private void durability() {
        for (var name : List.of("fsync", "full_page_writes")) {
            checked(name)
                    .filter(value -> value.canonical().equals("off"))
                    .ifPresent(value -> warn(
                            value,
                            "a crash of a node can leave its data broken for good, and standbys with other data"));
        }
    }

    private void archiving() {
        checked("archive_mode")
                .filter(value -> !value.canonical().equals("off"))
                .ifPresent(value -> warn(
                        value,
                        "while archive_command or archive_library fails nothing bounds pg_wal, not even its budget: watch"
                                + " pg_stat_archiver"));
    }

    private void ioUring() {
        checked("io_method")
                .filter(value -> value.canonical().equals("io_uring"))
                .ifPresent(value -> warn(
                        value,
                        "most container runtimes forbid io_uring (the pods run with their default seccomp profile), and then no"
                                + " server starts: try it on another stack first"));
    }

    private void warn(CheckedSetting value, String reason) {
        var written = value.written();
        problems.warn(written.subject(), written.shown(), reason, written.removal());
    }

    private void refuse(CheckedSetting value, String reason, String better) {
        var written = value.written();
        problems.add(written.subject(), written.shown(), reason, written.replacement(better));
    }

    private double number(String name, double fallback) {
        return checked(name).map(CheckedSetting::number).orElse(fallback);
    }

    private Optional<CheckedSetting> checked(String name) {
        return Optional.ofNullable(checked.get(name));
    }
}
