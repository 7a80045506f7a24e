package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.kubernetes.DeclaredStack;

class AppTest {
    @TempDir
    private Path folder;

    @Test
    void tellsHowToReachTheClusterAndWhatItRunsWith() {
        ProjectDraft.in(folder).base("pg_hba.conf", "host replication replicator ${pods} md5\n");
        var outputs = DeclaredStack.of(
                        StackDraft.withPasswords("hunter2", "hunter3")
                                .with("namespace", "shop")
                                .with("clusterDomain", "k.test")
                                .with("storage", "{\"size\":\"2Gi\"}")
                                .with("wal", "{\"keepSize\":\"152MB\"}"),
                        folder,
                        ProjectDraft.STACK)
                .outputs();
        assertEquals(
                Map.ofEntries(
                        Map.entry(
                                "readWriteLibpq",
                                "postgresql://postgres@postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?target_session_attrs=read-write"),
                        Map.entry(
                                "readOnlyLibpq",
                                "postgresql://postgres@postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?target_session_attrs=prefer-standby"),
                        Map.entry(
                                "readWriteJdbc",
                                "jdbc:postgresql://postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?user=postgres&targetServerType=primary"),
                        Map.entry(
                                "readOnlyJdbc",
                                "jdbc:postgresql://postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?user=postgres&targetServerType=preferSecondary&loadBalanceHosts=true"),
                        Map.entry(
                                "hosts",
                                List.of(
                                        "postgresql-sfs-0.postgresql-svc.shop.svc.k.test",
                                        "postgresql-sfs-1.postgresql-svc.shop.svc.k.test",
                                        "postgresql-sfs-2.postgresql-svc.shop.svc.k.test")),
                        Map.entry(
                                "psqlCommand",
                                "kubectl --context kind -n shop exec -it postgresql-sfs-0 -c postgresql -- psql -U postgres"),
                        Map.entry(
                                "statusCommand",
                                "kubectl --context kind -n shop exec postgresql-sfs-0 -c postgresql -- bash /etc/streamset/scripts/status.sh"),
                        Map.entry("postgresqlConf", """
                                wal_level = replica

                                # ---- added by streamset; what stands here wins over the lines above ----
                                hba_file = '/etc/postgresql/pg_hba.conf'  # fixed: the ConfigMap is mounted there
                                max_slot_wal_keep_size = '152MB'  # computed: as wal_keep_size; without a cap one dead slot fills the volume
                                max_wal_senders = '20'  # computed: 3 pods need 7 when all standbys clone at once
                                max_wal_size = '208MB'  # computed: what is left of the WAL's share (409 MB) of the data volume
                                min_wal_size = '48MB'  # computed: at most a quarter of max_wal_size
                                wal_keep_size = '152MB'  # pinned: streamset:wal
                                streamset.revision = '%s'  # of both files
                                """.formatted(revision(outputs))),
                        Map.entry("pgHbaConf", """
                                host replication replicator postgresql-sfs-0.postgresql-svc.shop.svc.k.test md5
                                host replication replicator postgresql-sfs-1.postgresql-svc.shop.svc.k.test md5
                                host replication replicator postgresql-sfs-2.postgresql-svc.shop.svc.k.test md5
                                """),
                        Map.entry(
                                "wal",
                                Map.of(
                                        "wal_keep_size", "152MB",
                                        "max_slot_wal_keep_size", "152MB",
                                        "max_wal_size", "208MB",
                                        "min_wal_size", "48MB"))),
                outputs);
    }

    private static String revision(Map<String, Object> outputs) {
        return outputs.get("postgresqlConf").toString().replaceFirst("(?s).*revision = '([0-9a-f]{16})'.*", "$1");
    }

    @Nested
    class BadInput {
        @Test
        void endsTheProgramWithTheMessageAloneBeforeAnythingIsDeclared() {
            ProjectDraft.in(folder).base("postgresql.conf", "port = 5433\n");
            assertRefused(
                    """
                    4 problems, nothing was changed

                    kubernetes:context   = (not set)
                    problem              : the cluster must be named, so that nothing lands in whatever context is the current one
                    fix                  : pulumi config set kubernetes:context <one of: kubectl config get-contexts -o name>

                    streamset:replicas   = 4
                    problem              : must be odd (1, 3, 5 …), so that a majority exists
                    fix                  : pulumi config set streamset:replicas 5

                    streamset:replica    = 3
                    problem              : no such key, did you mean streamset:replicas?
                    fix                  : pulumi config rm streamset:replica

                    src/main/postgresql/postgresql.conf:1 = port = '5433'
                    problem                               : is fixed by the program to '5432': the Services, probes and Jobs use it
                    fix                                   : delete line 1 of src/main/postgresql/postgresql.conf
                    """,
                    StackDraft.empty()
                            .with("secretName", "passwords")
                            .with("replicas", "4")
                            .with("replica", "3"));
        }

        @Test
        void isNotHiddenByAMissingConfFile() {
            assertRefused("""
                    2 problems, nothing was changed

                    src/main/postgresql/postgresql.conf = (missing)
                    problem                             : the file does not exist
                    fix                                 : git checkout -- src/main/postgresql/postgresql.conf

                    src/main/postgresql/pg_hba.conf = (missing)
                    problem                         : the file does not exist
                    fix                             : git checkout -- src/main/postgresql/pg_hba.conf
                    """, StackDraft.minimal());
        }

        private void assertRefused(String message, StackDraft draft) {
            var stack = DeclaredStack.of(draft, folder, ProjectDraft.STACK);
            assertNotEquals(0, stack.result().exitCode());
            assertEquals(List.of(), stack.requests());
            assertEquals(Map.of(), stack.outputs());
            assertEquals(List.of(message), stack.result().errors()); // all that the user sees
            var thrown = stack.result().exceptions();
            assertTrue(thrown.stream().anyMatch(RunException.class::isInstance), thrown::toString); // no stack trace
        }
    }
}
