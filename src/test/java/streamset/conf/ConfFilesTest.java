package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.config.StackDraft;

class ConfFilesTest {
    private static final String AUTHORS_TEXT = """
            # größer, as its author wrote it
            wal_level = replica   # trailing blanks:   \n\
            	hot_standby=on
            """;

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

                    # ---- added by streamset; what stands here wins over the lines above ----
                    hba_file = '/etc/postgresql/pg_hba.conf'  # fixed: the ConfigMap is mounted there
                    max_slot_wal_keep_size = '928MB'  # computed: as wal_keep_size; without a cap one dead slot fills the volume
                    max_wal_senders = '20'  # computed: 3 pods need 7 when all standbys clone at once
                    max_wal_size = '928MB'  # computed: what is left of the WAL's share (2048 MB) of the data volume
                    min_wal_size = '80MB'  # computed: at most a quarter of max_wal_size
                    wal_keep_size = '928MB'  # computed: half of the WAL's share (2048 MB) of the data volume
                    streamset.revision = '%s'  # of both files
                    """.formatted(files.revision()), files.postgresqlConf());
            assertEquals("local all all trust\n", files.pgHbaConf());
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
            var files = project.files();
            assertEquals("""
                    hba_file = '/etc/postgresql/pg_hba.conf'
                    max_wal_senders = 50
                    wal_keep_size = 152MB
                    max_slot_wal_keep_size = 160MB
                    max_wal_size = 1GB
                    MIN_WAL_SIZE = 64MB

                    # ---- added by streamset; what stands here wins over the lines above ----
                    streamset.revision = '%s'  # of both files
                    """.formatted(files.revision()), files.postgresqlConf());
        }

        @Test
        void letTheStackWinOverTheFile() {
            project.base("postgresql.conf", """
                    hba_file = '/etc/postgresql/pg_hba.conf'
                    max_wal_senders = 50
                    wal_keep_size = 300MB
                    work_mem = 4MB
                    """);
            var files = project.files(StackDraft.minimal()
                    .with("wal", "{\"keepSize\":\"152MB\"}")
                    .with("parameters", "{\"Work_Mem\":\"8MB\",\"log_line_prefix\":\"it's \\\\\"}"));
            assertEquals("""
                    hba_file = '/etc/postgresql/pg_hba.conf'
                    max_wal_senders = 50
                    wal_keep_size = 300MB
                    work_mem = 4MB

                    # ---- added by streamset; what stands here wins over the lines above ----
                    log_line_prefix = 'it''s \\\\'  # pinned: streamset:parameters
                    max_slot_wal_keep_size = '152MB'  # computed: as wal_keep_size; without a cap one dead slot fills the volume
                    max_wal_size = '1696MB'  # computed: what is left of the WAL's share (2048 MB) of the data volume
                    min_wal_size = '80MB'  # computed: at most a quarter of max_wal_size
                    wal_keep_size = '152MB'  # pinned: streamset:wal
                    work_mem = '8MB'  # pinned: streamset:parameters
                    streamset.revision = '%s'  # of both files
                    """.formatted(files.revision()), files.postgresqlConf());
        }

        @Test
        void letAParameterWinOverTheKeyForWal() {
            var files = project.files(StackDraft.minimal()
                    .with("wal", "{\"keepSize\":\"152MB\"}")
                    .with("parameters", "{\"wal_keep_size\":\"256MB\"}"));
            assertTrue(
                    files.postgresqlConf().contains("\nwal_keep_size = '256MB'  # pinned: streamset:parameters\n"),
                    files::postgresqlConf);
            assertEquals(256, files.wal().keepSize().megabytes());
        }

        @Test
        void leaveEveryByteOfTheAuthorsText() {
            project.base("postgresql.conf", AUTHORS_TEXT);
            assertTrue(project.files().postgresqlConf().startsWith(AUTHORS_TEXT + "\n# ----"));
        }

        @Test
        void startOnANewLineWhereTheAuthorsTextDoesNotEndWithOne() {
            project.base("postgresql.conf", "jit = off");
            assertTrue(project.files().postgresqlConf().startsWith("jit = off\n\n# ----"));
        }

        @Test
        void nameThePodsInPgHbaConf() {
            project.base("pg_hba.conf", "host replication replicator ${pods} scram-sha-256");
            assertEquals("""
                    host replication replicator postgresql-sfs-0.postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                    host replication replicator postgresql-sfs-1.postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                    host replication replicator postgresql-sfs-2.postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                    """, project.files().pgHbaConf());
        }
    }

    @Nested
    class Revision {
        private String revision;

        @BeforeEach
        void remember() {
            revision = project.files().revision();
        }

        @Test
        void isTheSameForTheSameFiles() {
            assertEquals(revision, project.files().revision());
            assertEquals(project.files(), project.files());
        }

        @Test
        void changesWithPostgresqlConf() {
            assertNotEquals(
                    revision,
                    project.base("postgresql.conf", "wal_level = replica # \n")
                            .files()
                            .revision());
        }

        @Test
        void changesWithPgHbaConf() {
            assertNotEquals(
                    revision,
                    project.base("pg_hba.conf", "local all all peer\n").files().revision());
        }

        @Test
        void changesWithAParameter() {
            var pinned = StackDraft.minimal().with("parameters", "{\"jit\":\"off\"}");
            assertNotEquals(revision, project.files(pinned).revision());
        }
    }

    @Nested
    class RestartDigest {
        private String digest;

        @BeforeEach
        void remember() {
            digest = project.files().restartDigest();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "# a comment\nwal_level = replica\n",
                    "wal_level=replica",
                    "\n\nWAL_LEVEL 'replica' # why\n",
                    "wal_level = minimal\nwal_level = replica\n",
                })
        void isTheSameForTheSameSettings(String text) {
            assertEquals(digest, project.base("postgresql.conf", text).files().restartDigest());
        }

        @Test
        void isTheSameForAnotherPgHbaConf() {
            assertEquals(
                    digest,
                    project.base("pg_hba.conf", "local all all peer\n").files().restartDigest());
        }

        @Test
        void isTheSameWithMorePods() {
            assertEquals(
                    digest,
                    project.files(StackDraft.minimal().with("replicas", "7")).restartDigest());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"wal_level = logical\n", "wal_level = replica\nfsync = off\n", "", "wal_level = 'Replica'\n"
                })
        void changesWithASetting(String text) {
            assertNotEquals(
                    digest, project.base("postgresql.conf", text).files().restartDigest());
        }

        @Test
        void changesWithAPinnedSetting() {
            var pinned = StackDraft.minimal().with("parameters", "{\"max_connections\":200}");
            assertNotEquals(digest, project.files(pinned).restartDigest());
        }

        @Test
        void doesNotCareWhichLayerASettingComesFrom() {
            var pinned = project.files(StackDraft.minimal().with("parameters", "{\"jit\":\"off\"}"));
            var written = project.base("postgresql.conf", "wal_level = replica\njit = off\n")
                    .files();
            assertEquals(pinned.restartDigest(), written.restartDigest());
        }
    }

    @Nested
    class Refuse {
        @Test
        void moreWalThanTheVolumeHasSpaceFor() {
            project.isRefusedWith(
                    """
                    1 problem, nothing was changed

                    streamset:storage.size = 1Gi
                    problem                : pg_wal can outgrow its space: (1024 MB kept + 32 MB between checkpoints) + 10 % = 1161 MB, of 204 MB (20 % of the data volume)
                    fix                    : pulumi config set --path 'streamset:storage.size' 5808Mi   (the smallest that would do), or keep less WAL
                    """,
                    StackDraft.minimal().with("storage", "{\"size\":\"1Gi\"}").with("wal", "{\"keepSize\":\"1GB\"}"));
        }

        @Test
        void moreWalThanTheVolumeHasSpaceForInTheFile() {
            project.base("postgresql.conf", "\nwal_keep_size = 1GB\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:2 = wal_keep_size = 1GB
                    problem                               : pg_wal can outgrow its space: (1024 MB kept + 32 MB between checkpoints) + 10 % = 1161 MB, of 204 MB (20 % of the data volume)
                    fix                                   : pulumi config set --path 'streamset:storage.size' 5808Mi   (the smallest that would do), or keep less WAL
                    """, StackDraft.minimal().with("storage", "{\"size\":\"1Gi\"}"));
        }

        @Test
        void moreWalThanTheVolumeHasSpaceForAsABareNumberOfMegabytes() {
            project.base("postgresql.conf", "wal_keep_size = 1024\n")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    src/main/postgresql/postgresql.conf:1 = wal_keep_size = 1024
                    problem                               : pg_wal can outgrow its space: (1024 MB kept + 32 MB between checkpoints) + 10 % = 1161 MB, of 204 MB (20 % of the data volume)
                    fix                                   : pulumi config set --path 'streamset:storage.size' 5808Mi   (the smallest that would do), or keep less WAL
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
            assertTrue(files.postgresqlConf().contains("\nmax_wal_senders = '7'  # pinned: streamset:parameters\n"));
        }

        @Test
        void fixedParametersInTheFileAndInTheStack() {
            project.own("postgresql.conf", "wal_level = replica\nport = 5433\n")
                    .isRefusedWith("""
                    2 problems, nothing was changed

                    stacks/dev/postgresql.conf:2 = port = '5433'
                    problem                      : is fixed by the program to '5432': the Services, probes and Jobs use it
                    fix                          : delete line 2 of stacks/dev/postgresql.conf

                    streamset:parameters.data_directory = /data
                    problem                             : is fixed by the program: it lies on each pod's volume, named by PGDATA
                    fix                                 : pulumi config rm --path 'streamset:parameters.data_directory'
                    """, StackDraft.minimal().with("parameters", "{\"data_directory\":\"/data\"}"));
        }

        @Test
        void moreThanAConfigMapHolds() {
            var long700k = ("#".repeat(99) + "\n").repeat(7000);
            project.base("postgresql.conf", long700k)
                    .base("pg_hba.conf", long700k)
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    ConfigMap            = 1400662 bytes
                    problem              : postgresql.conf and pg_hba.conf together must have at most 1048576 bytes
                    fix                  : shorten the files; comments count
                    """);
        }

        @Test
        void everythingAtOnce() {
            project.base("postgresql.conf", "port = 1\nmax_wal_senders = 1\nwork mem = 1\n")
                    .without("pg_hba.conf")
                    .isRefusedWith("""
                    4 problems, nothing was changed

                    src/main/postgresql/postgresql.conf:3 = work mem = 1
                    problem                               : work mem is no name: a name has letters, digits, _ and at most one dot
                    fix                                   : write it as: name = value, or put # before a comment

                    src/main/postgresql/postgresql.conf:1 = port = '1'
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
