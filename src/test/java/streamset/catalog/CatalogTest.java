package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.units.ByteSize;

@Tag("unit")
class CatalogTest {
    @Test
    void tellsWhatAParameterIs() {
        var workMem = Catalog.of(18).parameter("work_mem").orElseThrow();
        assertEquals("work_mem", workMem.name());
        assertEquals(Context.USER, workMem.context());
        assertEquals(Optional.of("4096"), workMem.bootValue());
        assertFalse(workMem.context().restart());
        assertTrue(Catalog.of(18)
                .parameter("shared_buffers")
                .orElseThrow()
                .context()
                .restart());
    }

    @Test
    void knowsParametersInAnyCase() {
        var catalog = Catalog.of(14);
        assertEquals("DateStyle", catalog.parameter("datestyle").orElseThrow().name());
        assertEquals("work_mem", catalog.parameter("Work_Mem").orElseThrow().name());
    }

    @ParameterizedTest
    @CsvSource({
        "14, sort_mem, work_mem",
        "18, Vacuum_Mem, maintenance_work_mem",
        "17, ssl_ecdh_curve, ssl_ecdh_curve",
        "18, ssl_ecdh_curve, ssl_groups",
    })
    void knowsTheFormerNamesThatPostgresTakes(int major, String former, String name) {
        assertEquals(name, Catalog.of(major).parameter(former).orElseThrow().name());
    }

    @ParameterizedTest
    @CsvSource({
        "14, pg_stat_statements.max, POSTMASTER",
        "14, plpgsql.variable_conflict, SUPERUSER",
        "18, auto_explain.log_min_duration, SUPERUSER",
        "18, pg_prewarm.autoprewarm, POSTMASTER",
        "18, basic_archive.archive_directory, SIGHUP",
        "18, passwordcheck.min_password_length, SUPERUSER",
    })
    void knowsTheExtensionsOfTheOfficialImage(int major, String name, Context context) {
        assertEquals(context, Catalog.of(major).parameter(name).orElseThrow().context());
    }

    @Test
    void tellsExtensionsThatItKnowsFromOthers() {
        var catalog = Catalog.of(18);
        assertTrue(catalog.ofUnknownExtension("timescaledb.max_background_workers"));
        assertTrue(catalog.ofUnknownExtension("auto.x"));
        assertFalse(catalog.ofUnknownExtension("Auto_Explain.log_min_durtion"));
        assertFalse(catalog.ofUnknownExtension("work_men"));
        assertTrue(Catalog.of(17).ofUnknownExtension("isn.weak"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            18 | wrk_mem | is not a parameter of PostgreSQL 18, did you mean work_mem?
            18 | Date_Style | is not a parameter of PostgreSQL 18, did you mean DateStyle?
            18 | auto_explain.log_min_durtion | is not a parameter of PostgreSQL 18, did you mean auto_explain.log_min_duration?
            18 | no_such_thing_at_all | is not a parameter of PostgreSQL 18
            14 | summarize_wal | PostgreSQL 14 does not know it yet, it was added in 17
            14 | IO_Method | PostgreSQL 14 does not know it yet, it was added in 18
            15 | debug_parallel_query | PostgreSQL 15 does not know it yet, it was added in 16
            15 | auto_explain.log_parameter_max_length | PostgreSQL 15 does not know it yet, it was added in 16
            18 | old_snapshot_threshold | was removed in PostgreSQL 17
            18 | force_parallel_mode | was renamed debug_parallel_query in PostgreSQL 16
            18 | stats_temp_directory | was removed in PostgreSQL 15
            18 | extension_destdir | was removed in PostgreSQL 18
            18 | wal_keep_segments | was replaced by wal_keep_size in PostgreSQL 13: multiply it by the segment size
            14 | Checkpoint_Segments | was replaced by max_wal_size in PostgreSQL 9.5
            18 | standby_mode | became the file standby.signal in PostgreSQL 12, which the pods write themselves
            18 | ssl_renegotiation_limit | has had no effect since PostgreSQL 9.5
            """)
    void saysWhyANameIsUnknown(int major, String name, String reason) {
        assertEquals(Optional.empty(), Catalog.of(major).parameter(name));
        assertEquals(reason, Catalog.of(major).whyUnknown(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            15 | wal_keep_segments          | 32    | wal_keep_size                | 512MB
            15 | WAL_keep_segments          | 0     | wal_keep_size                | 0MB
            18 | checkpoint_segments        | 64    | max_wal_size                 | 3072MB
            18 | checkpoint_segments        | 0     | max_wal_size                 | 32MB
            18 | replication_timeout        | 60s   | wal_sender_timeout           | 60s
            18 | min_parallel_relation_size | 8MB   | min_parallel_table_scan_size | 8MB
            18 | force_parallel_mode        | on    | debug_parallel_query         | on
            18 | stats_row_level            | on    | track_counts                 | on
            """)
    void tellsWhatToSetToday(int major, String name, String value, String today, String better) {
        var segment = ByteSize.ofMegabytes(16);
        assertEquals(
                Optional.of(new Replacement(today, better)), Catalog.of(major).replacement(name, value, segment));
        assertEquals(Optional.empty(), Catalog.of(major).parameter(name));
    }

    @ParameterizedTest
    @CsvSource({
        "wal_keep_segments, many",
        "wal_keep_segments, 999999999",
        "checkpoint_segments, 1.5",
        "replication_timeout, soon",
        "replacement_sort_tuples, 150000",
        "work_mem, 4MB",
    })
    void tellsNoValueThatPostgresqlWouldRefuse(String name, String value) {
        assertEquals(Optional.empty(), Catalog.of(18).replacement(name, value, ByteSize.ofMegabytes(16)));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void saysOfNoParameterOfItsOwnThatItWent(int major) {
        for (var parameter : Catalog.of(major).parameters()) {
            assertEquals(
                    Optional.empty(),
                    Catalog.of(major).replacement(parameter.name(), "1", ByteSize.ofMegabytes(16)),
                    parameter.name());
        }
    }

    @Test
    void suggestsTheNearestName() {
        assertEquals(Optional.of("maintenance_work_mem"), Catalog.of(18).suggestion("maintenence_work_mem"));
        assertEquals(Optional.of("TimeZone"), Catalog.of(18).suggestion("time_zone"));
        assertEquals(Optional.empty(), Catalog.of(18).suggestion("x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void takesEveryDefault(int major) {
        var catalog = Catalog.of(major);
        assertTrue(catalog.parameters().size() > 370);
        catalog.parameters().stream()
                .filter(parameter -> parameter.context() != Context.INTERNAL)
                .filter(parameter -> !parameter.name().matches("transaction_(isolation|read_only|deferrable)"))
                .forEach(parameter -> parameter.bootValue().ifPresent(parameter::canonical));
    }
}
