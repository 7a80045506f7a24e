package streamset.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the PostgreSQL of the official image, from Debian's packages, knows beyond the servers that the catalogs are read from:
 * those are built without LZ4, Zstandard and io_uring, and without Debian's patches. Otherwise only defaults that are paths
 * differ.
 */
final class OfficialBuild {
    /**
     * Values of an enum.
     *
     * @param since the first major
     * @param after the value that they follow in {@code pg_settings.enumvals}
     */
    private record Choice(String parameter, int since, String after, List<String> values) {}

    private static final List<Choice> CHOICES = List.of(
            new Choice("default_toast_compression", 14, "pglz", List.of("lz4")),
            new Choice("wal_compression", 15, "pglz", List.of("lz4", "zstd")), // a boolean before
            new Choice("io_method", 18, "worker", List.of("io_uring")));

    // from a patch of Debian's; 18 has its own extension_control_path instead
    private static final Parameter EXTENSION_DESTDIR = new Parameter(
            "extension_destdir", Context.SUPERUSER, new StringType(), Optional.of(""), List.of(), CheckHook.ANYTHING);
    private static final int LAST_WITH_EXTENSION_DESTDIR = 17;

    private static final Set<String> LIBRARIES = Set.of(
            "_int",
            "amcheck",
            "auth_delay",
            "auto_explain",
            "autoinc",
            "bloom",
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "dblink",
            "dict_int",
            "dict_snowball",
            "dict_xsyn",
            "earthdistance",
            "file_fdw",
            "fuzzystrmatch",
            "hstore",
            "insert_username",
            "isn",
            "libpqwalreceiver",
            "llvmjit",
            "lo",
            "ltree",
            "moddatetime",
            "pageinspect",
            "passwordcheck",
            "pg_buffercache",
            "pg_freespacemap",
            "pg_prewarm",
            "pg_stat_statements",
            "pg_surgery",
            "pg_trgm",
            "pg_visibility",
            "pgcrypto",
            "pgoutput",
            "pgrowlocks",
            "pgstattuple",
            "pgxml",
            "plpgsql",
            "postgres_fdw",
            "refint",
            "seg",
            "sslinfo",
            "tablefunc",
            "tcn",
            "test_decoding",
            "tsm_system_rows",
            "tsm_system_time",
            "unaccent",
            "uuid-ossp");

    /** A library that not all majors have. */
    private record Since(int first, int last) {}

    private static final Map<String, Since> LIBRARIES_OF_SOME = Map.of(
            "adminpack", new Since(14, 16),
            "old_snapshot", new Since(14, 16),
            "basebackup_to_shell", new Since(15, 18),
            "basic_archive", new Since(15, 18),
            "pg_walinspect", new Since(15, 18),
            "pg_logicalinspect", new Since(18, 18),
            "pg_overexplain", new Since(18, 18));

    private OfficialBuild() {}

    /** Whether it has a library; encodings and those that need SELinux or another package are left out. */
    static boolean hasLibrary(int major, String name) {
        var some = LIBRARIES_OF_SOME.get(name);
        return LIBRARIES.contains(name) || some != null && major >= some.first() && major <= some.last();
    }

    /** The parameters of a major, with everything that the official image's server knows. */
    static List<Parameter> completed(int major, List<Parameter> parameters) {
        var completed = new ArrayList<Parameter>();
        parameters.forEach(parameter -> completed.add(completed(major, parameter)));
        if (major <= LAST_WITH_EXTENSION_DESTDIR) {
            completed.add(EXTENSION_DESTDIR);
        }
        return completed;
    }

    private static Parameter completed(int major, Parameter parameter) {
        return CHOICES.stream()
                .filter(choice -> choice.parameter().equals(parameter.name()) && major >= choice.since())
                .findAny()
                .map(choice -> with(choice, parameter))
                .orElse(parameter);
    }

    private static Parameter with(Choice choice, Parameter parameter) {
        var type = (EnumType) parameter.type();
        var values = new ArrayList<>(type.values());
        values.addAll(values.indexOf(choice.after()) + 1, choice.values());
        return new Parameter(
                parameter.name(),
                parameter.context(),
                new EnumType(values, type.spellings()),
                parameter.bootValue(),
                parameter.formerNames(),
                parameter.hook());
    }
}
