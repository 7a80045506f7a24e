package streamset.settings;

import java.util.List;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.Budgets;
import streamset.units.ByteSize;

/**
 * Values that PostgreSQL accepts individually, but that do not fit together; the server itself does not notice all of them.
 *
 * @param taken the written settings that the servers accept
 */
record Consistency(WrittenSettings taken, StackConfig config, Budgets budgets, Problems problems) {
    private static final int SUPERUSER_RESERVED = 3; // PostgreSQL's default

    void check() {
        walSizes();
        keptWal();
        keptWithPatroni();
        reservedConnections();
        durability();
        archiving();
        cache();
        new LogChecks(taken, problems).check();
    }

    private void walSizes() {
        var wal = budgets.wal();
        if (wal.minSize().compareTo(wal.maxSize()) > 0) {
            taken.get(ParameterName.MIN_WAL_SIZE)
                    .ifPresent(size -> refuse(
                            size,
                            "is more than max_wal_size ("
                                    + wal.maxSize().postgres()
                                    + "): more would be kept ready than is ever used, and pg_wal outgrows its budget",
                            wal.maxSize().postgres()));
        }
    }

    private void keptWithPatroni() {
        var least = new ByteSize(PatroniParameters.LEAST.get(ParameterName.WAL_KEEP_SIZE));
        if (config.failover().automatic()
                && budgets.wal().keepSize().compareTo(least) < 0
                && taken.get(ParameterName.WAL_KEEP_SIZE).isEmpty()) {
            problems.add(
                    StackConfig.NAMESPACE + ":wal.keepSize",
                    Section.NOT_SET,
                    "only " + budgets.wal().keepSize().postgres() + " follow from the space for WAL, and below "
                            + least.postgres() + " Patroni passes the server's default instead, without an error",
                    new Keys(problems).set("wal.keepSize", least.postgres()));
        }
    }

    /** Two keys for the same setting would contradict each other. */
    private void keptWal() {
        var name = ParameterName.WAL_KEEP_SIZE.toString();
        config.wal()
                .keep()
                .filter(keep -> config.parameters().containsKey(name))
                .ifPresent(keep -> {
                    var catalog = taken.catalog();
                    var pinned = WrittenSetting.pinned(name, config.parameters().get(name), catalog);
                    problems.add(
                            pinned.subject(),
                            pinned.shown(),
                            "is set together with "
                                    + WrittenSetting.pinned(keep, catalog).subject() + "; only one can apply",
                            pinned.removal());
                });
    }

    private void reservedConnections() {
        int connections = budgets.memory().use().connections();
        int superuser = (int) number(ParameterName.SUPERUSER_RESERVED_CONNECTIONS, SUPERUSER_RESERVED);
        int others = (int) number(ParameterName.RESERVED_CONNECTIONS, 0);
        if (superuser + others >= connections) {
            List.of(
                            ParameterName.RESERVED_CONNECTIONS,
                            ParameterName.SUPERUSER_RESERVED_CONNECTIONS,
                            ParameterName.MAX_CONNECTIONS)
                    .stream()
                    .flatMap(name -> taken.get(name).stream())
                    .findFirst()
                    .ifPresent(written -> problems.add(
                            written.subject(),
                            written.shown(),
                            "leaves no connection for other roles: " + superuser + " reserved for superusers + "
                                    + others + " reserved for roles, of max_connections = " + connections,
                            written.removal()));
        }
    }

    private void durability() {
        for (var name : List.of(ParameterName.FSYNC, ParameterName.FULL_PAGE_WRITES)) {
            taken.get(name)
                    .filter(value -> value.canonical().equals("off"))
                    .ifPresent(
                            written -> warn(
                                    written,
                                    "a crash of a node can corrupt its data permanently, and leave standbys with different data"));
        }
        for (var name : List.of(
                ParameterName.ZERO_DAMAGED_PAGES,
                ParameterName.IGNORE_CHECKSUM_FAILURE,
                ParameterName.DATA_SYNC_RETRY)) {
            taken.get(name)
                    .filter(value -> value.canonical().equals("on"))
                    .ifPresent(written -> warn(written, "hides that data are corrupted, and lets them get lost"));
        }
        for (var name : List.of(ParameterName.AUTOVACUUM, ParameterName.TRACK_COUNTS)) {
            taken.get(name)
                    .filter(value -> value.canonical().equals("off"))
                    .ifPresent(written -> warn(
                            written,
                            "without autovacuum tables grow, and eventually the server stops to prevent transaction ID"
                                    + " wraparound"));
        }
    }

    private void archiving() {
        taken.get(ParameterName.ARCHIVE_MODE)
                .filter(value -> !value.canonical().equals("off"))
                .filter(this::archives)
                .ifPresent(written -> warn(
                        written,
                        "while archive_command or archive_library fails, nothing limits pg_wal, not even its budget: watch"
                                + " pg_stat_archiver"));
    }

    /** Adds a problem if nothing is archived. */
    private boolean archives(WrittenSetting mode) {
        boolean archives = Stream.of(ParameterName.ARCHIVE_COMMAND, ParameterName.ARCHIVE_LIBRARY)
                .flatMap(name -> taken.get(name).stream())
                .anyMatch(written -> !written.setting().value().isBlank());
        if (!archives) {
            problems.add(
                    mode.subject(),
                    mode.shown(),
                    "without archive_command or archive_library nothing is archived, so WAL is kept forever and fills its"
                            + " volume",
                    mode.removal());
        }
        return archives;
    }

    private void cache() {
        var memory = budgets.memory();
        taken.get(ParameterName.EFFECTIVE_CACHE_SIZE)
                .filter(size -> size.number() > memory.limit().bytes())
                .ifPresent(size -> warn(
                        size,
                        "is more than all of the container's memory ("
                                + memory.limit().postgres()
                                + "), which the file cache shares: the planner would assume cached pages that are read from the volume;"
                                + " otherwise " + memory.effectiveCacheSize().postgres() + " are computed"));
    }

    private void warn(WrittenSetting written, String reason) {
        problems.warn(written.subject(), written.shown(), reason, written.removal());
    }

    private void refuse(WrittenSetting written, String reason, String better) {
        problems.add(written.subject(), written.shown(), reason, written.replacement(better));
    }

    private double number(ParameterName name, double fallback) {
        return taken.get(name).map(WrittenSetting::number).orElse(fallback);
    }
}
