package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** The whole messages about settings that cannot be used. */
@Tag("unit")
class SettingRefusalsTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    private static StackDraft pinned(String json) {
        return StackDraft.minimal().with("parameters", json.replace('\'', '"'));
    }

    @Nested
    class OfTheCatalog {
        @Test
        void tellEveryValueThatPostgresWouldRefuse() {
            project.base("postgresql.conf", """
                            wal_levl = replica
                            work_mem = '64 MBytes'
                            max_connections = 0
                            wal_level = replik
                            log_checkpoints = maybe
                            """)
                    .isRefusedWith(
                            """
                            8 problems, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = wal_levl = replica
                            problem                               : is not a parameter of PostgreSQL 18, did you mean wal_level?
                            fix                                   : delete line 1 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:2 = work_mem = '64 MBytes'
                            problem                               : must be a size such as 64MB; "64 MBytes" has no unit that PostgreSQL knows: B, kB, MB, GB, TB; did you mean 64MB?
                            fix                                   : delete line 2 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:3 = max_connections = 0
                            problem                               : is out of range: 1 … 262143
                            fix                                   : delete line 3 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:4 = wal_level = replik
                            problem                               : must be one of: minimal, replica, logical; did you mean replica?
                            fix                                   : delete line 4 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:5 = log_checkpoints = maybe
                            problem                               : must be on or off
                            fix                                   : delete line 5 of src/main/postgresql/postgresql.conf

                            streamset:parameters.deadlock_timeout = 1 fortnight
                            problem                               : must be a time such as 500ms; "1 fortnight" has no unit that PostgreSQL knows: us, ms, s, min, h, d
                            fix                                   : pulumi config rm --path 'streamset:parameters.deadlock_timeout'

                            streamset:parameters.seq_page_cost = cheap
                            problem                            : must be a number
                            fix                                : pulumi config rm --path 'streamset:parameters.seq_page_cost'

                            streamset:parameters.shared_bufers = 1GB
                            problem                            : is not a parameter of PostgreSQL 18, did you mean shared_buffers?
                            fix                                : pulumi config rm --path 'streamset:parameters.shared_bufers'
                            """,
                            pinned("{'shared_bufers':'1GB','deadlock_timeout':'1 fortnight','seq_page_cost':'cheap'}"));
        }

        @Test
        void tellThatAParameterIsNotOfThisVersion() {
            project.base("postgresql.conf", "io_method = worker\npromote_trigger_file = '/tmp/x'\n")
                    .isRefusedWith("""
                            2 problems, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = io_method = worker
                            problem                               : PostgreSQL 17 does not know it yet, it was added in 18
                            fix                                   : delete line 1 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:2 = promote_trigger_file = '/tmp/x'
                            problem                               : was removed in PostgreSQL 16
                            fix                                   : delete line 2 of src/main/postgresql/postgresql.conf   (streamset:primary says who writes)
                            """, StackDraft.minimal().with("version", "17"));
        }

        @Test
        void tellWhatNobodyCanSet() {
            project.isRefusedWith("""
                            2 problems, nothing was changed

                            streamset:parameters.block_size = 8192
                            problem                         : cannot be set: it shows how the server was built, initialized or started
                            fix                             : pulumi config rm --path 'streamset:parameters.block_size'

                            streamset:parameters.data_checksums = on
                            problem                             : cannot be set: it shows how the server was built, initialized or started
                            fix                                 : pulumi config rm --path 'streamset:parameters.data_checksums'
                            """, pinned("{'block_size':8192,'data_checksums':'on'}"));
        }
    }

    @Nested
    class OfTheFloors {
        @Test
        void inTheFile() {
            project.base("postgresql.conf", """
                            wal_level = minimal
                            hot_standby = off
                            listen_addresses = 'localhost, 127.0.0.1'
                            max_wal_senders = 6
                            max_replication_slots = 1
                            max_slot_wal_keep_size = 15MB
                            """).isRefusedWith("""
                            6 problems, nothing was changed

                            src/main/postgresql/postgresql.conf:4 = max_wal_senders = 6
                            problem                               : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                            fix                                   : delete line 4 of src/main/postgresql/postgresql.conf   (then 20 is computed)

                            src/main/postgresql/postgresql.conf:5 = max_replication_slots = 1
                            problem                               : must be at least 2: with 3 pods every standby has one
                            fix                                   : delete line 5 of src/main/postgresql/postgresql.conf   (then 10 is computed)

                            src/main/postgresql/postgresql.conf:6 = max_slot_wal_keep_size = 15MB
                            problem                               : must be at least one segment of WAL (16MB): with less every slot is dropped at once
                            fix                                   : delete line 6 of src/main/postgresql/postgresql.conf   (then it is computed)

                            src/main/postgresql/postgresql.conf:1 = wal_level = minimal
                            problem                               : must be replica or logical: with less, WAL does not contain enough for standbys
                            fix                                   : delete line 1 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:2 = hot_standby = off
                            problem                               : must be on: otherwise a standby accepts no connections and never becomes ready
                            fix                                   : delete line 2 of src/main/postgresql/postgresql.conf

                            src/main/postgresql/postgresql.conf:3 = listen_addresses = 'localhost, 127.0.0.1'
                            problem                               : must be '*', which matches every address of a pod: with others no server starts, or standbys, Jobs and applications do not reach it
                            fix                                   : delete line 3 of src/main/postgresql/postgresql.conf
                            """);
        }

        @Test
        void inTheStack() {
            project.isRefusedWith(
                    """
                            6 problems, nothing was changed

                            streamset:parameters.max_wal_senders = 6
                            problem                              : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                            fix                                  : pulumi config rm --path 'streamset:parameters.max_wal_senders'   (then 20 is computed)

                            streamset:parameters.max_replication_slots = 1
                            problem                                    : must be at least 2: with 3 pods every standby has one
                            fix                                        : pulumi config rm --path 'streamset:parameters.max_replication_slots'   (then 10 is computed)

                            streamset:parameters.max_slot_wal_keep_size = -1
                            problem                                     : must have a cap: without one a single dead slot fills the volume
                            fix                                         : pulumi config rm --path 'streamset:parameters.max_slot_wal_keep_size'   (then it is computed)

                            streamset:parameters.wal_level = minimal
                            problem                        : must be replica or logical: with less, WAL does not contain enough for standbys
                            fix                            : pulumi config rm --path 'streamset:parameters.wal_level'

                            streamset:parameters.hot_standby = no
                            problem                          : must be on: otherwise a standby accepts no connections and never becomes ready
                            fix                              : pulumi config rm --path 'streamset:parameters.hot_standby'

                            streamset:parameters.listen_addresses = ''
                            problem                               : must be '*', which matches every address of a pod: with others no server starts, or standbys, Jobs and applications do not reach it
                            fix                                   : pulumi config rm --path 'streamset:parameters.listen_addresses'
                            """,
                    pinned("{'wal_level':'minimal','hot_standby':'no','listen_addresses':'','max_wal_senders':6,"
                            + "'max_replication_slots':1,'max_slot_wal_keep_size':-1}"));
        }

        @Test
        void letAPrimaryAloneBeWithoutHotStandby() {
            project.base("postgresql.conf", "hot_standby = off\n")
                    .files(StackDraft.minimal().with("replicas", "1"));
        }
    }

    @Nested
    class ThatDoNotGoTogether {
        @Test
        void walSizes() {
            project.base("postgresql.conf", "max_wal_size = 256MB\nmin_wal_size = 512MB\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            src/main/postgresql/postgresql.conf:2 = min_wal_size = 512MB
                            problem                               : is more than max_wal_size (256MB): more would be kept ready than is ever used, and pg_wal outgrows its budget
                            fix                                   : write in src/main/postgresql/postgresql.conf:2: min_wal_size = 256MB
                            """);
        }

        @Test
        void aMinWalSizeForWhichThereIsNoSpace() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:parameters.min_wal_size = 2GB
                            problem                           : pg_wal can outgrow its space:
                                                                  16 MB  kept for standbys
                                                                2048 MB  max_wal_size, between two checkpoints
                                                                 207 MB  10 % for bursts
                                                                  32 MB  two segments, at the borders
                                                                2303 MB  = the most that pg_wal grows to
                                                                of 2048 MB = 20 % of the data volume of 10Gi
                            fix                               : pulumi config set --path 'streamset:storage.size' 11515Mi   (the smallest that does)
                                                                or pulumi config set --path 'streamset:parameters.min_wal_size' 1808MB   (the largest that fits)
                            """, pinned("{'min_wal_size':'2GB'}"));
        }

        @Test
        void noMinWalSizeToWhichTheComputedMaxWalSizeCanYield() {
            var conf = project.base("postgresql.conf", "min_wal_size = 1GB\n")
                    .files()
                    .postgresqlConf();
            assertTrue(conf.contains("\nmax_wal_size = '1024MB'  # computed"), conf);
            assertTrue(conf.contains("\nwal_keep_size = '800MB'  # computed: what is left of 2048 MB"), conf);
        }

        @Test
        void aMinWalSizeBesideAMaxWalSizeOfLessThanTwoSegments() {
            project.base("postgresql.conf", "max_wal_size = 16MB\nmin_wal_size = 40MB\n")
                    .isRefusedWith("""
                            2 problems, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = max_wal_size = 16MB
                            problem                               : must be at least two segments of WAL (32MB): the server does not start with less
                            fix                                   : write in src/main/postgresql/postgresql.conf:1: max_wal_size = 32MB

                            src/main/postgresql/postgresql.conf:2 = min_wal_size = 40MB
                            problem                               : is more than max_wal_size (32MB): more would be kept ready than is ever used, and pg_wal outgrows its budget
                            fix                                   : write in src/main/postgresql/postgresql.conf:2: min_wal_size = 32MB
                            """);
        }

        @ParameterizedTest
        @CsvSource({"16MB, 31MB, 32MB", "64MB, 100MB, 128MB"})
        void aMaxWalSizeOfLessThanTwoSegments(String segment, String size, String least) {
            project.base("postgresql.conf", "max_wal_size = " + size + "\n")
                    .isRefusedWith(
                            """
                            1 problem, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = max_wal_size = %s
                            problem                               : must be at least two segments of WAL (%s): the server does not start with less
                            fix                                   : write in src/main/postgresql/postgresql.conf:1: max_wal_size = %s
                            """.formatted(size, least, least),
                            StackDraft.minimal().with("wal", "{\"segmentSize\":\"" + segment + "\"}"));
        }

        @Test
        void aMinWalSizeOfLessThanTwoSegments() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:parameters.min_wal_size = 20MB
                            problem                           : must be at least two segments of WAL (32MB): the server does not start with less
                            fix                               : pulumi config set --path 'streamset:parameters.min_wal_size' 32MB
                            """, pinned("{'min_wal_size':'20MB'}"));
        }

        @Test
        void reservedConnections() {
            project.base("postgresql.conf", "max_connections = 15\nsuperuser_reserved_connections = 10\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:parameters.reserved_connections = 5
                            problem                                   : leaves no connection for other roles: 10 reserved for superusers + 5 reserved for roles, of max_connections = 15
                            fix                                       : pulumi config rm --path 'streamset:parameters.reserved_connections'
                            """, pinned("{'reserved_connections':5}"));
        }

        @Test
        void twoKeysForTheWalThatIsKept() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:parameters.wal_keep_size = 256MB
                            problem                            : is set together with streamset:wal.keepSegments; only one can apply
                            fix                                : pulumi config rm --path 'streamset:parameters.wal_keep_size'
                            """, pinned("{'wal_keep_size':'256MB'}").with("wal", "{\"keepSegments\":8}"));
        }
    }

    @Nested
    class OverBudget {
        @Test
        void inTheFile() {
            project.base("postgresql.conf", "work_mem = 64MB\nmax_connections = 100\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:resources.memory = 512Mi
                            problem                    : the container would be killed if every process used its limit:
                                                            16 MB  shared_buffers
                                                            12 MB  shared memory beside them, wal_buffers of 512kB in it
                                                         18424 MB  100 connections × (work_mem of 64MB × 2.8 + 5.0MB each)
                                                            64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                            40 MB  20 WAL senders × 2.0MB
                                                             9 MB  4 workers of logical replication × 2.0MB
                                                            13 MB  background processes
                                                         18578 MB  = the worst case
                                                         of 512 MB = streamset:resources.memory
                            fix                        : pulumi config set --path 'streamset:resources.memory' 23506Mi   (the smallest with which no computed value has to give way)
                            """);
        }

        /** That would be a work_mem of less than 64kB. */
        @Test
        void withoutARemedyThatPostgresqlWouldRefuse() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:resources.memory = 512Mi
                            problem                    : the container would be killed if every process used its limit:
                                                            16 MB  shared_buffers
                                                            12 MB  shared memory beside them, wal_buffers of 512kB in it
                                                         16581 MB  90 connections × (work_mem of 64MB × 2.8 + 5.0MB each)
                                                            64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                            40 MB  20 WAL senders × 2.0MB
                                                             9 MB  4 workers of logical replication × 2.0MB
                                                            13 MB  background processes
                                                         16735 MB  = the worst case
                                                         of 512 MB = streamset:resources.memory
                            fix                        : pulumi config set --path 'streamset:resources.memory' 21225Mi   (the smallest with which no computed value has to give way)
                            """, pinned("{'max_connections':90,'work_mem':'64MB'}"));
        }

        @Test
        void inTheStack() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:parameters.shared_buffers = 480MB
                            problem                             : the container would be killed if every process used its limit:
                                                                  480 MB  shared_buffers
                                                                   38 MB  shared memory beside them, wal_buffers of 15MB in it
                                                                   62 MB  10 connections × (work_mem of 64kB × 2.8 + 5.9MB each)
                                                                   66 MB  3 autovacuum workers × (16MB + 5.9MB each)
                                                                   40 MB  20 WAL senders × 2.0MB
                                                                   12 MB  4 workers of logical replication × 2.9MB
                                                                   18 MB  background processes
                                                                  716 MB  = the worst case
                                                                  of 512 MB = streamset:resources.memory
                            fix                                 : pulumi config set --path 'streamset:parameters.shared_buffers' 295MB   (the largest that fits)
                                                                  or pulumi config set --path 'streamset:resources.memory' 821Mi   (the smallest with which no computed value has to give way)
                            """, pinned("{'shared_buffers':'480MB'}"));
        }

        @Test
        void withLocksForWhichThereIsNoRoom() {
            project.own("postgresql.conf", "max_locks_per_transaction = 20000\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            stacks/dev/postgresql.conf:1 = max_locks_per_transaction = 20000
                            problem                      : the container would be killed if every process used its limit:
                                                            16 MB  shared_buffers
                                                             4 MB  shared memory beside them, wal_buffers of 512kB in it
                                                           316 MB  shared memory for locks: max_locks_per_transaction of 20000 for each of 42 processes
                                                            52 MB  10 connections × (work_mem of 64kB × 2.0 + 5.0MB each)
                                                            64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                            40 MB  20 WAL senders × 2.0MB
                                                             9 MB  4 workers of logical replication × 2.0MB
                                                            13 MB  background processes
                                                           514 MB  = the worst case
                                                           of 512 MB = streamset:resources.memory
                            fix                          : write in stacks/dev/postgresql.conf:1: max_locks_per_transaction = 19893   (the largest that fits)
                                                           or pulumi config set --path 'streamset:resources.memory' 834Mi   (the smallest with which no computed value has to give way)
                            """, StackDraft.minimal().with("version", "15"));
        }

        @Test
        void withPreparedTransactionsThatAreAsLargeAsProcesses() {
            project.own("postgresql.conf", "max_prepared_transactions = 20000\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            stacks/dev/postgresql.conf:1 = max_prepared_transactions = 20000
                            problem                      : the container would be killed if every process used its limit:
                                                             16 MB  shared_buffers
                                                             10 MB  shared memory beside them, wal_buffers of 512kB in it
                                                            495 MB  shared memory for locks: max_locks_per_transaction of 64 for each of 42 processes and 20000 prepared transactions
                                                            398 MB  shared memory for predicate locks: max_pred_locks_per_transaction of 64 for each of 42 processes and 20000 prepared transactions
                                                             23 MB  shared memory for 20000 prepared transactions
                                                             52 MB  10 connections × (work_mem of 64kB × 2.0 + 5.0MB each)
                                                             64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                             40 MB  20 WAL senders × 2.0MB
                                                              9 MB  4 workers of logical replication × 2.0MB
                                                             13 MB  background processes
                                                           1120 MB  = the worst case
                                                           of 512 MB = streamset:resources.memory
                            fix                          : write in stacks/dev/postgresql.conf:1: max_prepared_transactions = 7024   (the largest that fits)
                                                           or pulumi config set --path 'streamset:resources.memory' 1916Mi   (the smallest with which no computed value has to give way)
                            """, StackDraft.minimal().with("version", "15"));
        }

        @Test
        void withWorkersThatTheProgramDoesNotStart() {
            project.isRefusedWith(
                    """
                            1 problem, nothing was changed

                            streamset:parameters.max_worker_processes = 200
                            problem                                   : the container would be killed if every process used its limit:
                                                                          16 MB  shared_buffers
                                                                          17 MB  shared memory beside them, wal_buffers of 512kB in it
                                                                          53 MB  10 connections × (work_mem of 64kB × 2.8 + 5.0MB each)
                                                                          64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                                          40 MB  20 WAL senders × 2.0MB
                                                                           9 MB  4 workers of logical replication × 2.0MB
                                                                         982 MB  195 other workers of max_worker_processes × 5.0MB
                                                                          45 MB  29 I/O workers beyond 3 × 1.5MB
                                                                           2 MB  1 of archiver, WAL summarizer and slot synchronization × 1.5MB
                                                                          13 MB  background processes
                                                                        1241 MB  = the worst case
                                                                        of 512 MB = streamset:resources.memory
                            fix                                       : pulumi config set --path 'streamset:parameters.max_worker_processes' 56   (the largest that fits)
                                                                        or pulumi config set --path 'streamset:resources.memory' 2312Mi   (the smallest with which no computed value has to give way)
                            """,
                    pinned(
                            "{'max_worker_processes':200,'io_workers':32,'archive_mode':'on','archive_command':'/bin/true'}"));
        }

        @Test
        void withWhatALibraryTakes() {
            project.own("postgresql.conf", "shared_preload_libraries = 'pg_stat_statements, $libdir/pg_prewarm'\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:resources.memory = 512Mi
                            problem                    : the container would be killed if every process used its limit:
                                                           16 MB  shared_buffers
                                                            6 MB  shared memory beside them, wal_buffers of 512kB in it
                                                          410 MB  shared memory for caches of transaction status
                                                          871 MB  shared memory for pg_stat_statements.max of 2000000
                                                           53 MB  10 connections × (work_mem of 64kB × 2.8 + 5.0MB each)
                                                           64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                           40 MB  20 WAL senders × 2.0MB
                                                            9 MB  4 workers of logical replication × 2.0MB
                                                            4 MB  pg_prewarm, with a list of all buffers
                                                           13 MB  background processes
                                                         1486 MB  = the worst case
                                                         of 512 MB = streamset:resources.memory
                            fix                        : pulumi config set --path 'streamset:resources.memory' 2372Mi   (the smallest with which no computed value has to give way)
                            """, pinned("{'pg_stat_statements.max':2000000,'notify_buffers':'400MB'}"));
        }

        @Test
        void withTooLittleMemoryForAServer() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:resources.memory = 128Mi
                            problem                    : the container would be killed if every process used its limit:
                                                          16 MB  shared_buffers
                                                           8 MB  shared memory beside them, wal_buffers of 512kB in it
                                                          53 MB  10 connections × (work_mem of 64kB × 2.8 + 5.0MB each)
                                                          40 MB  3 autovacuum workers × (8MB + 5.0MB each)
                                                          40 MB  20 WAL senders × 2.0MB
                                                           9 MB  4 workers of logical replication × 2.0MB
                                                          13 MB  background processes
                                                         179 MB  = the worst case
                                                         of 128 MB = streamset:resources.memory
                            fix                        : pulumi config set --path 'streamset:resources.memory' 250Mi   (the smallest with which no computed value has to give way)
                            """, StackDraft.minimal().with("resources", "{\"memory\":\"128Mi\"}"));
        }

        @Test
        void withConnectionsForWhichNoMemoryWouldDo() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:resources.memory = 512Mi
                            problem                    : the container would be killed if every process used its limit:
                                                                  16 MB  shared_buffers
                                                                 251 MB  shared memory beside them, wal_buffers of 512kB in it
                                                         14680089157 MB  5000 connections × (work_mem of 1048576MB × 2.8 + 5.0MB each)
                                                                  64 MB  3 autovacuum workers × (16MB + 5.0MB each)
                                                                  40 MB  20 WAL senders × 2.0MB
                                                                   9 MB  4 workers of logical replication × 2.0MB
                                                                  13 MB  background processes
                                                         14680089550 MB  = the worst case
                                                         of 512 MB = streamset:resources.memory
                            fix                        : pulumi config rm --path 'streamset:parameters.work_mem' and pulumi config rm --path 'streamset:parameters.max_connections'   (then they are computed)
                            """, pinned("{'max_connections':5000,'work_mem':'1TB'}"));
        }

        /** A quarter for shared_buffers would never fit: the page tables of so many sessions grow faster than the rest. */
        @Test
        void withConnectionsThatLeaveNoShareToBuffers() {
            var problems = new Problems();
            ClusterSpec.of(
                    pinned("{'max_connections':5000}")
                            .with("storage", "{\"size\":\"100Ti\"}")
                            .raw(),
                    folder,
                    ProjectDraft.STACK,
                    problems);
            assertEquals(1, problems.found().size());
            var fix = problems.found().get(0).fix();
            assertTrue(fix.endsWith("Mi   (the smallest that does)"), fix);
        }

        @Test
        void withAVolumeThatIsTooSmallForAnyWal() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:storage.size = 256Mi
                            problem                : pg_wal can outgrow its space:
                                                     16 MB  kept for standbys
                                                     17 MB  until a checkpoint begins: max_wal_size of 32MB / 1.9
                                                     16 MB  while it writes out all of shared_buffers
                                                      5 MB  10 % for bursts
                                                     32 MB  two segments, at the borders
                                                     86 MB  = the most that pg_wal grows to
                                                     of 51 MB = 20 % of the data volume of 256Mi
                            fix                    : pulumi config set --path 'streamset:storage.size' 430Mi   (the smallest that does)
                            """, StackDraft.minimal().with("storage", "{\"size\":\"256Mi\"}"));
        }

        @Test
        void withAWalVolumeThatIsTooSmallForThePins() {
            project.isRefusedWith(
                    """
                            1 problem, nothing was changed

                            streamset:parameters.max_wal_size = 2GB
                            problem                           : pg_wal can outgrow its space:
                                                                 512 MB  kept for standbys
                                                                2048 MB  max_wal_size, between two checkpoints
                                                                 256 MB  10 % for bursts
                                                                  32 MB  two segments, at the borders
                                                                2848 MB  = the most that pg_wal grows to
                                                                of 870 MB = 85 % of the WAL volume of 1Gi
                            fix                               : pulumi config set --path 'streamset:wal.volume.size' 3351Mi   (the smallest that does)
                                                                or pulumi config set --path 'streamset:parameters.max_wal_size' 249MB   (the largest that fits)
                            """,
                    pinned("{'max_wal_size':'2GB'}")
                            .with("wal", "{\"volume\":{\"size\":\"1Gi\"},\"keepSize\":\"512MB\"}"));
        }

        @Test
        void withMoreWalToKeepThanPostgresCanCount() {
            project.isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:wal.keepSize = 3000TB
                            problem                : is out of range: 0 … 2147483647MB (about 2048TB)
                            fix                    : pulumi config rm --path 'streamset:wal.keepSize'
                            """, StackDraft.minimal().with("wal", "{\"keepSize\":\"3000TB\"}"));
        }
    }

    @Nested
    class OfTheLog {
        @Test
        void tellWhatTakesItAwayFromKubectl() {
            project.base("postgresql.conf", "logging_collector = on\nlog_directory = 'log'\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = logging_collector = on
                            problem                               : moves the log from kubectl logs to files on the data volume, which have no limit that the program could count, and which every clone copies
                            fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                            """);
        }

        @ParameterizedTest
        @ValueSource(strings = {"syslog", "''", "' Syslog '"})
        void tellWhatLosesIt(String destination) {
            var shown = destination.equals("syslog") ? destination : "'" + destination.replace("'", "") + "'";
            project.base("postgresql.conf", "log_destination = " + destination + "\n")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            src/main/postgresql/postgresql.conf:1 = log_destination = %s
                            problem                               : loses the log: kubectl logs shows only standard error, and no syslog runs in the pods
                            fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                            """.formatted(shown));
        }

        @ParameterizedTest
        @ValueSource(strings = {"stderr", "'syslog, stderr'", "csvlog", "'\"jsonlog\"'"})
        void haveNothingAgainstWhatReachesStandardError(String destination) {
            project.base("postgresql.conf", "log_destination = " + destination + "\nlogging_collector = off\n")
                    .files();
        }
    }

    @Nested
    class WarnOf {
        @Test
        void aCacheThatTheContainerCannotHold() {
            assertWarns(
                    "src/main/postgresql/postgresql.conf:1",
                    "effective_cache_size = 48GB",
                    "is more than all of the container's memory (512MB), which the file cache shares: the planner would"
                            + " assume cached pages that are read from the volume; otherwise 384MB are computed",
                    "delete line 1 of src/main/postgresql/postgresql.conf",
                    "effective_cache_size = 48GB\n");
        }

        @Test
        void noCacheThatItCanHold() {
            var problems = new Problems();
            project.base("postgresql.conf", "effective_cache_size = 512MB\n");
            ClusterSpec.of(StackDraft.minimal().raw(), folder, ProjectDraft.STACK, problems);
            assertEquals(List.of(), problems.warnings());
        }

        @ParameterizedTest
        @CsvSource({
            "zero_damaged_pages = on, hides that data are corrupted",
            "ignore_checksum_failure = on, hides that data are corrupted",
            "data_sync_retry = on, hides that data are corrupted",
            "autovacuum = off, without autovacuum tables grow",
            "track_counts = off, without autovacuum tables grow",
        })
        void whatHidesDamageOrLetsTablesGrow(String line, String words) {
            var problems = new Problems();
            project.base("postgresql.conf", line + "\n");
            ClusterSpec.of(StackDraft.minimal().raw(), folder, ProjectDraft.STACK, problems);
            problems.throwIfAny();
            assertTrue(problems.warnings().get(0).reason().startsWith(words));
        }

        @Test
        void noArchiveModeWithoutAnArchive() {
            project.base("postgresql.conf", "archive_mode = on\narchive_command = ''\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = archive_mode = on
                    problem                               : without archive_command or archive_library nothing is archived, so WAL is kept forever and fills its volume
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                    """);
        }

        @Test
        void linesForTlsWhereThereIsNone() {
            var problems = new Problems();
            project.base("pg_hba.conf", "hostssl all all all scram-sha-256\n");
            ClusterSpec.of(StackDraft.minimal().raw(), folder, ProjectDraft.STACK, problems);
            problems.throwIfAny();
            assertEquals(
                    List.of("matches no connection, because ssl is off: nobody can log in with this line"),
                    problems.warnings().stream().map(Problem::reason).toList());
        }

        @ParameterizedTest
        @ValueSource(strings = {"fsync", "full_page_writes"})
        void whatACrashWouldBreak(String name) {
            assertWarns(
                    "src/main/postgresql/postgresql.conf:1",
                    name + " = off",
                    "a crash of a node can corrupt its data permanently, and leave standbys with different data",
                    "delete line 1 of src/main/postgresql/postgresql.conf",
                    name + " = off\n");
        }

        @Test
        void archivingWhichNoBudgetBounds() {
            assertWarns(
                    "src/main/postgresql/postgresql.conf:1",
                    "archive_mode = on",
                    "while archive_command or archive_library fails, nothing limits pg_wal, not even its budget: watch"
                            + " pg_stat_archiver",
                    "delete line 1 of src/main/postgresql/postgresql.conf",
                    "archive_mode = on\narchive_library = basic_archive\n");
        }

        @Test
        void whatAnUnknownExtensionWillJudge() {
            assertWarns(
                    "src/main/postgresql/postgresql.conf:1",
                    "timescaledb.max_background_workers = 8",
                    "belongs to an extension that is not known here, so nothing about it was checked; if only a restart"
                            + " can change it, the reload Job says so",
                    "delete line 1 of src/main/postgresql/postgresql.conf",
                    "timescaledb.max_background_workers = 8\n");
        }

        @Test
        void aSettingThatIsThereTwiceWithDifferentValues() {
            assertWarns(
                    "src/main/postgresql/postgresql.conf:1",
                    "work_mem = 1MB",
                    "has no effect: line 3 sets work_mem too, and PostgreSQL takes the last: work_mem = 2MB",
                    "delete line 1 of src/main/postgresql/postgresql.conf, or line 3 to keep this one",
                    "work_mem = 1MB\njit = on\nwork_mem = 2MB\n");
        }

        private void assertWarns(String subject, String value, String reason, String fix, String text) {
            var problems = new Problems();
            project.base("postgresql.conf", text);
            ClusterSpec.of(StackDraft.minimal().raw(), folder, ProjectDraft.STACK, problems);
            problems.throwIfAny();
            assertEquals(
                    new Problem(subject, value, reason, fix).text(),
                    problems.warnings().stream().map(Problem::text).reduce("", String::concat));
        }
    }

    @Nested
    class OfSynchronousReplication {
        @Test
        void waitsForNoStrangers() {
            project.base("postgresql.conf", "synchronous_standby_names = 'FIRST 1 (pgslave01, pgslave02)'\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = synchronous_standby_names = 'FIRST 1 (pgslave01, pgslave02)'
                    problem                               : commits would wait for pgslave01, pgslave02, and no pod of this cluster has that name (they are called postgresql-sfs-0 …)
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf; to have commits wait: pulumi config set --path 'streamset:synchronous.standbys' 1
                    """);
        }

        @Test
        void waitsForNoMoreThanThereAreWhoeverIsPrimary() {
            project.isRefusedWith(
                    """
                    1 problem, nothing was changed

                    streamset:parameters.synchronous_standby_names = ANY 1 ("postgresql-sfs-1")
                    problem                                        : no commit would return while postgresql-sfs-1 is primary: it would wait for 1 standbys, and 0 of the named pods are standbys then
                    fix                                            : pulumi config rm --path 'streamset:parameters.synchronous_standby_names'; to have commits wait: pulumi config set --path 'streamset:synchronous.standbys' 1
                    """,
                    StackDraft.minimal()
                            .with(
                                    "parameters",
                                    "{\"synchronous_standby_names\":\"ANY 1 (\\\"postgresql-sfs-1\\\")\"}"));
        }

        @Test
        void waitsForNobodyWhereThereIsNoStandby() {
            project.base("postgresql.conf", "synchronous_standby_names = '*'\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = synchronous_standby_names = '*'
                    problem                               : no commit would return while postgresql-sfs-0 is primary: it would wait for 1 standbys, and 0 of the named pods are standbys then
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                    """, StackDraft.minimal().with("replicas", "1"));
        }

        @Test
        void isReadByPostgres() {
            project.base("postgresql.conf", "synchronous_standby_names = 'postgresql-sfs-1'\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = synchronous_standby_names = postgresql-sfs-1
                    problem                               : is not a list of standbys
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf; to have commits wait: pulumi config set --path 'streamset:synchronous.standbys' 1
                    """);
        }

        @Test
        void takesWhatEveryPrimaryCanWaitFor() {
            project.base("postgresql.conf", "synchronous_standby_names = 'ANY 2 (*)'\n")
                    .files();
        }

        @Test
        void letsNoLogicalReplicationWaitForThePrimarysOwnSlot() {
            project.base("postgresql.conf", "synchronized_standby_slots = 'postgresql_sfs_1'\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = synchronized_standby_slots = postgresql_sfs_1
                    problem                               : applies to every pod, and the primary itself has no slot: after a handover logical replication would wait forever
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                    """);
        }

        @Test
        void tellWhoElseNamesTheStandbys() {
            project.base("postgresql.conf", "synchronous_standby_names = '*'\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = synchronous_standby_names = '*'
                    problem                               : is set together with streamset:synchronous; only one can apply
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                    """, StackDraft.minimal().with("synchronous", "{\"standbys\":1}"));
        }
    }
}
