package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** The first report is complete: after its fixes, no second one follows. */
@Tag("unit")
class OneRoundTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    private static StackDraft pinned(String json) {
        return StackDraft.minimal().with("version", "15").with("parameters", json.replace('\'', '"'));
    }

    /** These connections would fit with 7 senders, but not with the 20 that are computed then. */
    @Test
    void countsWhatIsComputedInPlaceOfARefusedValue() {
        project.isRefusedWith("""
                2 problems, nothing was changed

                streamset:parameters.max_wal_senders = 6
                problem                              : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                fix                                  : pulumi config rm --path 'streamset:parameters.max_wal_senders'   (then 20 is computed)

                streamset:parameters.max_connections = 73
                problem                              : the container would be killed if every process used its limit:
                                                        16 MB  shared_buffers
                                                         8 MB  shared memory beside them, wal_buffers of 512kB in it
                                                       377 MB  73 connections × (work_mem of 64kB × 2.0 + 5.0MB each)
                                                        64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                        40 MB  20 WAL senders × 2.0MB
                                                         9 MB  4 workers of logical replication × 2.0MB
                                                        13 MB  background processes
                                                       527 MB  = the worst case
                                                       of 512 MB = streamset:resources.memory
                fix                                  : pulumi config set --path 'streamset:parameters.max_connections' 70   (the largest that fits)
                                                       or pulumi config set --path 'streamset:resources.memory' 903Mi   (the smallest with which no computed value has to give way)
                """, pinned("{'max_wal_senders':6,'max_connections':73}"));
    }

    /** The processes that timescaledb starts are unknown; a refused library starts none. */
    @Test
    void countsNoLibraryThatIsRefused() {
        project.base("postgresql.conf", "shared_preload_libraries = 'timescaledb, pg_prewarm'\n")
                .isRefusedWith("""
                1 problem, nothing was changed

                src/main/postgresql/postgresql.conf:1 = shared_preload_libraries = 'timescaledb, pg_prewarm'
                problem                               : the official image has no library timescaledb: no server would start
                fix                                   : write in src/main/postgresql/postgresql.conf:1: shared_preload_libraries = 'pg_prewarm'; or build an image on docker.io/library/postgres:15 that has it: pulumi config set streamset:image <image>
                """, pinned("{'max_connections':69}"));
    }

    @Test
    void checksTheFileBelowARefusedPin() {
        project.base("postgresql.conf", "max_wal_senders = 3\n").isRefusedWith("""
                2 problems, nothing was changed

                streamset:parameters.max_wal_senders = 6
                problem                              : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                fix                                  : pulumi config rm --path 'streamset:parameters.max_wal_senders'   (then 20 is computed)

                src/main/postgresql/postgresql.conf:1 = max_wal_senders = 3
                problem                               : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                fix                                   : delete line 1 of src/main/postgresql/postgresql.conf   (then 20 is computed)
                """, pinned("{'max_wal_senders':6}"));
    }

    @Test
    void namesEveryLineThatSetsTheParameter() {
        project.base("postgresql.conf", """
                max_wal_senders = 3
                port = 5433
                max_wal_senders = 4
                sort_mem = 1kB
                port = 5433
                max_wal_senders = 4
                work_mem = 2kB
                wal_keep_segments = 4
                wal_keep_segments = 8
                """)
                .isRefusedWith("""
                5 problems, nothing was changed

                src/main/postgresql/postgresql.conf:5 = port = 5433
                problem                               : is fixed by the program to '5432': the Services, probes and Jobs use it
                fix                                   : delete lines 2 and 5 of src/main/postgresql/postgresql.conf

                src/main/postgresql/postgresql.conf:4 = sort_mem = 1kB
                problem                               : is out of range: 64kB … 2147483647kB (about 2TB)
                fix                                   : delete lines 4 and 7 of src/main/postgresql/postgresql.conf

                src/main/postgresql/postgresql.conf:7 = work_mem = 2kB
                problem                               : is out of range: 64kB … 2147483647kB (about 2TB)
                fix                                   : delete lines 4 and 7 of src/main/postgresql/postgresql.conf

                src/main/postgresql/postgresql.conf:9 = wal_keep_segments = 8
                problem                               : was replaced by wal_keep_size in PostgreSQL 13: multiply it by the segment size
                fix                                   : delete lines 8 and 9 of src/main/postgresql/postgresql.conf, and write there: wal_keep_size = 128MB

                src/main/postgresql/postgresql.conf:6 = max_wal_senders = 4
                problem                               : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                fix                                   : delete lines 1, 3 and 6 of src/main/postgresql/postgresql.conf   (then 20 is computed)
                """, StackDraft.minimal().with("version", "15"));
    }

    @Test
    void countsTheParameterOfToday() {
        project.base("postgresql.conf", "wal_keep_segments = 1000\n")
                .isRefusedWith("""
                3 problems, nothing was changed

                src/main/postgresql/postgresql.conf:1 = wal_keep_segments = 1000
                problem                               : was replaced by wal_keep_size in PostgreSQL 13: multiply it by the segment size
                fix                                   : write in src/main/postgresql/postgresql.conf:1: wal_keep_size = 16000MB

                streamset:parameters.checkpoint_segments = 10
                problem                                  : was replaced by max_wal_size in PostgreSQL 9.5
                fix                                      : pulumi config rm --path 'streamset:parameters.checkpoint_segments' and pulumi config set --path 'streamset:parameters.max_wal_size' 480MB

                src/main/postgresql/postgresql.conf:1 = wal_keep_segments = 1000
                problem                               : pg_wal can outgrow its space:
                                                        16000 MB  kept for standbys
                                                          480 MB  max_wal_size, between two checkpoints
                                                         1648 MB  10 % for bursts
                                                           32 MB  two segments, at the borders
                                                        18160 MB  = the most that pg_wal grows to
                                                        of 2048 MB = 20 % of the data volume of 10Gi
                fix                                   : pulumi config set --path 'streamset:storage.size' 90800Mi   (the smallest that does)
                                                        or write in src/main/postgresql/postgresql.conf:1: wal_keep_size = 1352MB   (the largest that fits)
                """, pinned("{'checkpoint_segments':10}"));
    }

    @Test
    void putsNothingBesideAParameterThatIsThere() {
        project.base("postgresql.conf", "wal_keep_segments = 4\nwal_keep_size = 64MB\n")
                .isRefusedWith("""
                1 problem, nothing was changed

                src/main/postgresql/postgresql.conf:1 = wal_keep_segments = 4
                problem                               : was replaced by wal_keep_size in PostgreSQL 13: multiply it by the segment size
                fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                """, StackDraft.minimal().with("version", "15"));
    }

    @Test
    void tellsWhatIsDoneToday() {
        project.base("postgresql.conf", """
                replacement_sort_tuples = 1
                operator_precedence_warning = on
                vacuum_cleanup_index_scale_factor = 0.1
                promote_trigger_file = '/tmp/x'
                old_snapshot_threshold = 1h
                db_user_namespace = off
                lc_ctype = 'C'
                vacuum_defer_cleanup_age = 100
                stats_temp_directory = 'x'
                """)
                .isRefusedWith("""
                9 problems, nothing was changed

                src/main/postgresql/postgresql.conf:1 = replacement_sort_tuples = 1
                problem                               : was removed in PostgreSQL 11
                fix                                   : delete line 1 of src/main/postgresql/postgresql.conf   (work_mem alone decides)

                src/main/postgresql/postgresql.conf:2 = operator_precedence_warning = on
                problem                               : was removed in PostgreSQL 14
                fix                                   : delete line 2 of src/main/postgresql/postgresql.conf

                src/main/postgresql/postgresql.conf:3 = vacuum_cleanup_index_scale_factor = 0.1
                problem                               : was removed in PostgreSQL 14
                fix                                   : delete line 3 of src/main/postgresql/postgresql.conf   (VACUUM decides by itself)

                src/main/postgresql/postgresql.conf:4 = promote_trigger_file = '/tmp/x'
                problem                               : was removed in PostgreSQL 16
                fix                                   : delete line 4 of src/main/postgresql/postgresql.conf   (streamset:primary says who writes)

                src/main/postgresql/postgresql.conf:5 = old_snapshot_threshold = 1h
                problem                               : was removed in PostgreSQL 17
                fix                                   : delete line 5 of src/main/postgresql/postgresql.conf   (idle_in_transaction_session_timeout ends the sessions that hold old snapshots)

                src/main/postgresql/postgresql.conf:6 = db_user_namespace = off
                problem                               : was removed in PostgreSQL 17
                fix                                   : delete line 6 of src/main/postgresql/postgresql.conf

                src/main/postgresql/postgresql.conf:7 = lc_ctype = C
                problem                               : was removed in PostgreSQL 16
                fix                                   : delete line 7 of src/main/postgresql/postgresql.conf   (each database has its own: CREATE DATABASE … LC_CTYPE)

                src/main/postgresql/postgresql.conf:8 = vacuum_defer_cleanup_age = 100
                problem                               : was removed in PostgreSQL 16
                fix                                   : delete line 8 of src/main/postgresql/postgresql.conf   (with hot_standby_feedback = on, rows that queries on standbys still see are not removed)

                src/main/postgresql/postgresql.conf:9 = stats_temp_directory = x
                problem                               : was removed in PostgreSQL 15
                fix                                   : delete line 9 of src/main/postgresql/postgresql.conf   (statistics are in shared memory now)
                """, StackDraft.minimal().with("version", "18"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pg_stat_statements.max = 5000                | pg_stat_statements | shared_preload_libraries
            auto_explain.log_min_duration = 1s           | auto_explain       | shared_preload_libraries
            auth_delay.milliseconds = 500                | auth_delay         | shared_preload_libraries
            pg_prewarm.autoprewarm = off                 | pg_prewarm         | shared_preload_libraries
            basic_archive.archive_directory = /tmp       | basic_archive      | archive_library
            """)
    void warnsOfSettingsOfALibraryThatNothingLoads(String line, String library, String parameter) {
        var shown = line.replace("= /tmp", "= '/tmp'");
        assertEquals(List.of("""
                        src/main/postgresql/postgresql.conf:1 = %s
                        problem                               : has no effect, like all settings of %s: nothing loads this library, and PostgreSQL accepts its settings unchecked
                        fix                                   : write after src/main/postgresql/postgresql.conf:1: %s = '%s', or delete line 1 of src/main/postgresql/postgresql.conf\
                        """.formatted(shown, library, parameter, library)), warnings(shown + "\n", "15"));
    }

    @Test
    void warnsOfALibraryOnceAndKeepsTheOthers() {
        assertEquals(
                List.of("""
                        src/main/postgresql/postgresql.conf:2 = auto_explain.log_analyze = on
                        problem                               : has no effect, like all settings of auto_explain: nothing loads this library, and PostgreSQL accepts its settings unchecked
                        fix                                   : write in src/main/postgresql/postgresql.conf:1: shared_preload_libraries = 'pg_prewarm, auto_explain', or delete line 2 of src/main/postgresql/postgresql.conf\
                        """),
                warnings(
                        "shared_preload_libraries = pg_prewarm\nauto_explain.log_analyze = on\nauto_explain.log_buffers = on\n",
                        "15"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shared_preload_libraries = '$libdir/pg_stat_statements.so' | pg_stat_statements.max = 1000
            session_preload_libraries = auto_explain                   | auto_explain.log_analyze = on
            session_preload_libraries = passwordcheck                  | passwordcheck.min_password_length = 10
            archive_library = basic_archive                            | basic_archive.archive_directory = '/tmp'
            jit = on                                                   | pg_trgm.similarity_threshold = 0.5
            jit = on                                                   | plpgsql.check_asserts = off
            jit = on                                                   | isn.weak = on
            jit = on                                                   | pgcrypto.builtin_crypto_enabled = off
            jit = on                                                   | postgres_fdw.application_name = x
            """)
    void warnsOfNoneThatIsLoaded(String library, String line) {
        assertEquals(List.of(), warnings(library + "\n" + line + "\n", "18"));
    }

    private List<String> warnings(String text, String version) {
        var problems = new Problems();
        project.base("postgresql.conf", text);
        ClusterSpec.of(StackDraft.minimal().with("version", version).raw(), folder, ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return problems.warnings().stream().map(Problem::text).toList();
    }
}
