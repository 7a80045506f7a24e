package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.ConfFiles;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;

@Tag("unit")
class SettingsTest {
    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    @Nested
    class ThreeLayers {
        @Test
        void addWhatIsComputedBehindTheAuthorsText() {
            var files = project.files();
            assertEquals("""
                    wal_level = replica

                    # ---- added by streamset; these lines override the lines above ----
                    effective_cache_size = '384MB'  # computed: 75 %% of 512Mi memory
                    effective_io_concurrency = '200'  # computed: the storage is ssd
                    hba_file = '/etc/postgresql/pg_hba.conf'  # fixed: the ConfigMap is mounted there
                    huge_pages = 'off'  # computed: the pods have none without streamset:resources.hugePages
                    io_workers = '3'  # computed: follows from 500m CPU: a quarter of the cores, at least 3
                    jit = 'off'  # computed: after one large query, its connection would keep 22 MB of memory
                    listen_addresses = '*'  # computed: a pod's address is known only when it starts
                    maintenance_io_concurrency = '200'  # computed: the storage is ssd
                    maintenance_work_mem = '32MB'  # computed: 1/16 of 512Mi memory, at most 2 GB
                    max_connections = '20'  # computed: as many as 512Mi of memory allow, each with a useful work_mem
                    max_parallel_maintenance_workers = '0'  # computed: follows from 500m CPU: half of the cores, at most 4
                    max_parallel_workers = '0'  # computed: follows from 500m CPU
                    max_parallel_workers_per_gather = '0'  # computed: follows from 500m CPU: half of the cores, at most 4
                    max_replication_slots = '10'  # computed: one for each standby, and some of your own
                    max_slot_wal_keep_size = '912MB'  # computed: as wal_keep_size; without a cap one dead slot fills the volume
                    max_wal_senders = '20'  # computed: 3 pods need 7 when all standbys clone at once
                    max_wal_size = '912MB'  # computed: what is left of 2048 MB for WAL (20 %% of the data volume of 10Gi)
                    max_worker_processes = '8'  # computed: parallel workers and 4 others, at least 8
                    min_wal_size = '448MB'  # computed: half of max_wal_size, ready for bursts
                    random_page_cost = '1.1'  # computed: the storage is ssd
                    shared_buffers = '128MB'  # computed: 25 %% of 512Mi memory
                    tcp_user_timeout = '10s'  # computed: a standby that is gone soon releases its slot
                    wal_keep_size = '912MB'  # computed: half of 2048 MB for WAL (20 %% of the data volume of 10Gi)
                    wal_retrieve_retry_interval = '1s'  # computed: a standby reconnects sooner than after 5 s
                    work_mem = '1536kB'  # computed: what 512Mi of memory leaves for each connection
                    streamset.revision = '%s'  # of both files
                    """.formatted(files.revision()), files.postgresqlConf());
            assertTrue(files.pgHbaConf().endsWith("\n\n" + ProjectDraft.PG_HBA_CONF), files::pgHbaConf);
        }

        @Test
        void letTheFileWinOverWhatIsComputed() {
            project.base("postgresql.conf", """
                    hba_file = '/etc/postgresql/pg_hba.conf'
                    max_wal_senders = 50
                    wal_keep_size = 152MB
                    max_slot_wal_keep_size = 160MB
                    max_wal_size = 1GB
                    MIN_WAL_SIZE = 64MB
                    """);
            assertAdds("""
                    huge_pages = 'off'  # computed: the pods have none without streamset:resources.hugePages
                    max_connections = '15'  # computed: as many as 512Mi of memory allow, each with a useful work_mem
                    tcp_user_timeout = '10s'  # computed: a standby that is gone soon releases its slot
                    wal_retrieve_retry_interval = '1s'  # computed: a standby reconnects sooner than after 5 s
                    work_mem = '1152kB'  # computed: what 512Mi of memory leaves for each connection
                    """, project.files());
        }

        @Test
        void nameEveryPodWhenStandbysAreSynchronous() {
            var conf = project.files(StackDraft.minimal().with("synchronous", "{\"standbys\":1}"))
                    .postgresqlConf();
            assertTrue(
                    conf.contains(
                            "synchronous_standby_names ="
                                    + " 'ANY 1 (\"postgresql-sfs-0\", \"postgresql-sfs-1\", \"postgresql-sfs-2\")'"
                                    + "  # computed: streamset:synchronous; every pod is named, because every pod can become primary"),
                    conf);
        }

        @Test
        void letTheStackWinOverTheFile() {
            project.base("postgresql.conf", """
                    hba_file = '/etc/postgresql/pg_hba.conf'
                    max_wal_senders = 50
                    wal_keep_size = 300MB
                    work_mem = 4MB
                    """);
            assertAdds(
                    """
                    huge_pages = 'off'  # computed: the pods have none without streamset:resources.hugePages
                    log_line_prefix = 'it''s \\\\'  # pinned: streamset:parameters.log_line_prefix
                    max_connections = '10'  # computed: as many as 512Mi of memory allow, each with a useful work_mem
                    max_slot_wal_keep_size = '152MB'  # computed: as wal_keep_size; without a cap one dead slot fills the volume
                    max_wal_size = '1664MB'  # computed: what is left of 2048 MB for WAL (20 % of the data volume of 10Gi)
                    min_wal_size = '832MB'  # computed: half of max_wal_size, ready for bursts
                    tcp_user_timeout = '10s'  # computed: a standby that is gone soon releases its slot
                    wal_keep_size = '152MB'  # pinned: streamset:wal.keepSize
                    wal_retrieve_retry_interval = '1s'  # computed: a standby reconnects sooner than after 5 s
                    work_mem = '2MB'  # pinned: streamset:parameters.work_mem
                    """,
                    project.files(StackDraft.minimal()
                            .with("wal", "{\"keepSize\":\"152MB\"}")
                            .with("parameters", "{\"Work_Mem\":\"2MB\",\"log_line_prefix\":\"it's \\\\\"}")));
        }

        /** @param lines beside those that a stack which says nothing gets for any file */
        private static void assertAdds(String lines, ConfFiles files) {
            var added = files.postgresqlConf().lines().dropWhile(line -> !line.startsWith("# ----"));
            assertEquals(
                    lines,
                    added.filter(line -> !line.matches("# ----.*|streamset.*|" + ALWAYS_ADDED))
                            .map(line -> line + "\n")
                            .collect(Collectors.joining()));
        }

        private static final String ALWAYS_ADDED =
                "(effective|io|jit|listen|maintenance|max_parallel|max_replication" + "|max_worker|random|shared).*";

        @Test
        void takeAFormerNameForTheParameterThatItIs() {
            project.base("postgresql.conf", "sort_mem = 512kB\n");
            var spec = project.spec();
            var conf = spec.files().postgresqlConf();
            assertFalse(conf.contains("\nwork_mem"), conf);
            assertEquals(
                    List.of("512kB"),
                    spec.settings().all().stream()
                            .filter(setting -> setting.name().equals("work_mem"))
                            .map(Setting::value)
                            .toList());
        }
    }

    @Nested
    class RestartDigest {
        private String digest;

        @BeforeEach
        void remember() {
            digest = project.spec().settings().restartDigest();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "# a comment\nwal_level = replica\n",
                    "wal_level=replica",
                    "\n\nWAL_LEVEL 'replica' # why\n",
                    "wal_level = minimal\nwal_level = replica\n",
                    "wal_level = 'Replica'",
                    "", // the default
                    "wal_level = replica\nlog_checkpoints = on\nrandom_page_cost = 2\n", // takes a reload
                    "wal_level = replica\nshared_buffers = 128MB\n", // what is computed
                    "wal_level = replica\nshared_buffers = 131072kB\n",
                    "wal_level = replica\nshared_buffers = 16384\n", // pages
                    "wal_level = replica\nunheard.of = 1\n", // of an extension: a reload, as most
                })
        void isTheSameWhereNoRestartIsNeeded(String text) {
            assertEquals(
                    digest,
                    project.base("postgresql.conf", text).spec().settings().restartDigest());
        }

        @Test
        void isTheSameForAnotherPgHbaConf() {
            assertEquals(
                    digest,
                    project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF.replace("trust", "peer"))
                            .spec()
                            .settings()
                            .restartDigest());
        }

        @Test
        void isTheSameWithMorePods() {
            assertEquals(
                    digest,
                    project.spec(StackDraft.minimal().with("replicas", "7"))
                            .settings()
                            .restartDigest());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "wal_level = logical\n",
                    "wal_level = replica\nwal_log_hints = on\n",
                    "wal_level = replica\nshared_buffers = 64MB\n",
                })
        void changesWithASetting(String text) {
            assertNotEquals(
                    digest,
                    project.base("postgresql.conf", text).spec().settings().restartDigest());
        }

        @Test
        void changesWithAPinnedSetting() {
            var pinned = StackDraft.minimal().with("parameters", "{\"max_connections\":15}");
            assertNotEquals(digest, project.spec(pinned).settings().restartDigest());
        }

        @Test
        void doesNotCareWhichLayerASettingComesFrom() {
            var pinned = project.spec(StackDraft.minimal().with("parameters", "{\"wal_log_hints\":\"on\"}"));
            var written = project.base("postgresql.conf", "wal_level = replica\nwal_log_hints = on\n")
                    .spec();
            assertEquals(pinned.settings().restartDigest(), written.settings().restartDigest());
        }
    }

    @Nested
    class Refuse {
        @Test
        void moreWalThanTheVolumeHasSpaceFor() {
            project.isRefusedWith(
                    """
                    1 problem, nothing was changed

                    streamset:wal.keepSize = 1GB
                    problem                : pg_wal can outgrow its space:
                                             1024 MB  kept for standbys
                                               17 MB  until a checkpoint begins: max_wal_size of 32MB / 1.9
                                               16 MB  while it writes out all of shared_buffers
                                              106 MB  10 % for bursts
                                               32 MB  two segments, at the borders
                                             1195 MB  = the most that pg_wal grows to
                                             of 204 MB = 20 % of the data volume of 1Gi
                    fix                    : pulumi config set --path 'streamset:storage.size' 5975Mi   (the smallest that does)
                                             or pulumi config set --path 'streamset:wal.keepSize' 123MB   (the largest that fits)
                    """,
                    StackDraft.minimal().with("storage", "{\"size\":\"1Gi\"}").with("wal", "{\"keepSize\":\"1GB\"}"));
        }

        @Test
        void moreWalThanTheVolumeHasSpaceForInTheFile() {
            project.base("postgresql.conf", "\nwal_keep_size = 1GB\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:2 = wal_keep_size = 1GB
                    problem                               : pg_wal can outgrow its space:
                                                            1024 MB  kept for standbys
                                                              17 MB  until a checkpoint begins: max_wal_size of 32MB / 1.9
                                                              16 MB  while it writes out all of shared_buffers
                                                             106 MB  10 % for bursts
                                                              32 MB  two segments, at the borders
                                                            1195 MB  = the most that pg_wal grows to
                                                            of 204 MB = 20 % of the data volume of 1Gi
                    fix                                   : pulumi config set --path 'streamset:storage.size' 5975Mi   (the smallest that does)
                                                            or write in src/main/postgresql/postgresql.conf:2: wal_keep_size = 123MB   (the largest that fits)
                    """, StackDraft.minimal().with("storage", "{\"size\":\"1Gi\"}"));
        }

        @Test
        void moreWalThanTheVolumeHasSpaceForAsABareNumberOfMegabytes() {
            project.base("postgresql.conf", "wal_keep_size = 1024\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = wal_keep_size = 1024
                    problem                               : pg_wal can outgrow its space:
                                                            1024 MB  kept for standbys
                                                              17 MB  until a checkpoint begins: max_wal_size of 32MB / 1.9
                                                              16 MB  while it writes out all of shared_buffers
                                                             106 MB  10 % for bursts
                                                              32 MB  two segments, at the borders
                                                            1195 MB  = the most that pg_wal grows to
                                                            of 204 MB = 20 % of the data volume of 1Gi
                    fix                                   : pulumi config set --path 'streamset:storage.size' 5975Mi   (the smallest that does)
                                                            or write in src/main/postgresql/postgresql.conf:1: wal_keep_size = 123MB   (the largest that fits)
                    """, StackDraft.minimal().with("storage", "{\"size\":\"1Gi\"}"));
        }

        @Test
        void tooFewWalSendersInTheFile() {
            project.base("postgresql.conf", "wal_level = replica\nmax_wal_senders = 3\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:2 = max_wal_senders = 3
                    problem                               : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                    fix                                   : delete line 2 of src/main/postgresql/postgresql.conf   (then 20 is computed)
                    """);
        }

        @Test
        void aFileWithoutACapOnSlots() {
            project.base("postgresql.conf", "max_slot_wal_keep_size = -1\n").isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = max_slot_wal_keep_size = -1
                    problem                               : must have a cap: without one a single dead slot fills the volume
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf   (then it is computed)
                    """);
        }

        @Test
        void aPinThatTakesTheCapOnSlotsAway() {
            project.isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:parameters.max_slot_wal_keep_size = -1
                    problem                                     : must have a cap: without one a single dead slot fills the volume
                    fix                                         : pulumi config rm --path 'streamset:parameters.max_slot_wal_keep_size'   (then it is computed)
                    """, StackDraft.minimal().with("parameters", "{\"max_slot_wal_keep_size\":-1}"));
        }

        @Test
        void tooFewWalSendersInTheStack() {
            project.base("postgresql.conf", "max_wal_senders = 100\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:parameters.max_wal_senders = 6
                    problem                              : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                    fix                                  : pulumi config rm --path 'streamset:parameters.max_wal_senders'   (then 20 is computed)
                    """, StackDraft.minimal().with("parameters", "{\"max_wal_senders\":6}"));
        }

        @Test
        void toLetTheFileBlockWhatTheStackMends() {
            project.base("postgresql.conf", "max_wal_senders = 3\n");
            var files = project.files(StackDraft.minimal().with("parameters", "{\"max_wal_senders\":7}"));
            assertTrue(files.postgresqlConf()
                    .contains("\nmax_wal_senders = '7'  # pinned: streamset:parameters.max_wal_senders\n"));
        }

        @Test
        void fixedParametersInTheFileAndInTheStack() {
            project.own("postgresql.conf", "wal_level = replica\nport = 5433\n")
                    .isRefusedWith("""
                    2 problems, nothing was changed

                    stacks/dev/postgresql.conf:2 = port = 5433
                    problem                      : is fixed by the program to '5432': the Services, probes and Jobs use it
                    fix                          : delete line 2 of stacks/dev/postgresql.conf

                    streamset:parameters.data_directory = /data
                    problem                             : is fixed by the program: it is on each pod's volume, at PGDATA
                    fix                                 : pulumi config rm --path 'streamset:parameters.data_directory'
                    """, StackDraft.minimal().with("parameters", "{\"data_directory\":\"/data\"}"));
        }

        @Test
        void everythingAtOnce() {
            project.base("postgresql.conf", "port = 1\nmax_wal_senders = 1\nwork mem = 1\n")
                    .without("pg_hba.conf")
                    .isRefusedWith("""
                    4 problems, nothing was changed

                    src/main/postgresql/postgresql.conf:3 = work mem = 1
                    problem                               : work mem is not a name: a name has letters, digits, _ and at most one dot
                    fix                                   : write it as: name = value, or put # before a comment

                    src/main/postgresql/postgresql.conf:1 = port = 1
                    problem                               : is fixed by the program to '5432': the Services, probes and Jobs use it
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf

                    src/main/postgresql/postgresql.conf:2 = max_wal_senders = 1
                    problem                               : must be at least 7: with 3 pods every standby streams through one and all can clone at once, two each
                    fix                                   : delete line 2 of src/main/postgresql/postgresql.conf   (then 20 is computed)

                    src/main/postgresql/pg_hba.conf = (missing)
                    problem                         : the file does not exist
                    fix                             : git checkout -- src/main/postgresql/pg_hba.conf
                    """);
        }
    }
}
