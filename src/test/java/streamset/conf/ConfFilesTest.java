package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.config.StackDraft;

@Tag("unit")
class ConfFilesTest {
    /** What the program writes in front of the author's pg_hba.conf. */
    private static final String CLUSTER_ACCESS = """
            # ---- written by streamset: the cluster's own access; these lines come first, so nothing below can take it away ----
            local all postgres trust  # node scripts, probes and kubectl exec, through the pod's own socket
            host postgres postgres all scram-sha-256  # Jobs, whose addresses are not known beforehand
            host postgres streamset all scram-sha-256  # the nodes, which query each other
            host all streamset all reject
            host replication replicator .postgresql-svc.postgresql.svc.cluster.local scram-sha-256
            host replication replicator .postgresql-primary.postgresql.svc.cluster.local scram-sha-256
            host replication replicator .postgresql-read.postgresql.svc.cluster.local scram-sha-256

            """;

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
    class Rendered {
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
            project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF + "host archive backup ${pods} scram-sha-256");
            assertEquals(
                    CLUSTER_ACCESS + ProjectDraft.PG_HBA_CONF + """
                    host archive backup .postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                    host archive backup .postgresql-primary.postgresql.svc.cluster.local scram-sha-256
                    host archive backup .postgresql-read.postgresql.svc.cluster.local scram-sha-256""",
                    project.files().pgHbaConf());
        }

        @Test
        void letTheClusterItselfInWhateverTheAuthorWrites() {
            project.base("pg_hba.conf", "host all,replication postgres,replicator 0.0.0.0/0 reject");
            assertEquals(
                    CLUSTER_ACCESS + "host all,replication postgres,replicator 0.0.0.0/0 reject",
                    project.files().pgHbaConf());
            project.base("pg_hba.conf", "");
            assertEquals(CLUSTER_ACCESS, project.files().pgHbaConf());
        }

        @Test
        void fitIntoAConfigMap() {
            var long700k = ("#".repeat(99) + "\n").repeat(7000);
            project.base("postgresql.conf", long700k)
                    .base("pg_hba.conf", ProjectDraft.PG_HBA_CONF + long700k)
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    ConfigMap            = 1402945 bytes
                    problem              : postgresql.conf and pg_hba.conf together must have at most 1048576 bytes
                    fix                  : shorten the files; comments count
                    """);
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
                    project.base("pg_hba.conf", ProjectDraft.PG_HBA_CONF.replace("trust", "peer"))
                            .files()
                            .revision());
        }

        @Test
        void changesWithAParameter() {
            var pinned = StackDraft.minimal().with("parameters", "{\"jit\":\"on\"}");
            assertNotEquals(revision, project.files(pinned).revision());
        }
    }
}
