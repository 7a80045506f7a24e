package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.kubernetes.DeclaredStack;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class AppTest {
    @TempDir
    private Path folder;

    @Test
    void tellsHowToReachTheClusterAndWhatItRunsWith() {
        ProjectDraft.in(folder)
                .base("pg_hba.conf", "host replication replicator ${pods} md5\n" + ProjectDraft.PG_HBA_CONF);
        var outputs = DeclaredStack.of(
                        StackDraft.withPasswords("hunter2", "hunter3")
                                .with("namespace", "shop")
                                .with("clusterDomain", "k.test")
                                .with("storage", "{\"size\":\"2Gi\",\"className\":\"fast\"}")
                                .with("wal", "{\"keepSize\":\"152MB\"}"),
                        folder,
                        ProjectDraft.STACK)
                .outputs();
        assertEquals(
                Map.ofEntries(
                        Map.entry(
                                "readWriteLibpq",
                                "postgresql://postgres@postgresql-primary.shop.svc.k.test:5432,postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?target_session_attrs=read-write"),
                        Map.entry(
                                "readOnlyLibpq",
                                "postgresql://postgres@postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?target_session_attrs=prefer-standby"),
                        Map.entry(
                                "readWriteJdbc",
                                "jdbc:postgresql://postgresql-primary.shop.svc.k.test:5432,postgresql-sfs-0.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-1.postgresql-svc.shop.svc.k.test:5432,postgresql-sfs-2.postgresql-svc.shop.svc.k.test:5432/postgres?user=postgres&targetServerType=primary"),
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
                        Map.entry(
                                "alerts",
                                Map.of(
                                        "pgWalBytes",
                                        405.0 * (1 << 20),
                                        "slotBytes",
                                        76.0 * (1 << 20),
                                        "dataVolumePercent",
                                        80.0)),
                        Map.entry(
                                "wal",
                                "152 MB kept, which lasts 2 min 32 s at 1 MB/s of WAL, 15 s at 10 MB/s; pg_wal grows to at"
                                        + " most 405 MB of 409 MB (20 % of the data volume of 2Gi)")),
                outputs);
    }

    @Test
    void tellsHowToVerifyServersWithACertificate() {
        ProjectDraft.in(folder);
        var draft = StackDraft.minimal().with("replicas", "1").with("tls", "{\"secretName\":\"postgresql-tls\"}");
        var outputs = DeclaredStack.of(draft, folder, ProjectDraft.STACK).outputs();
        for (var name : List.of("readWriteLibpq", "readOnlyLibpq", "readWriteJdbc", "readOnlyJdbc")) {
            var text = outputs.get(name).toString();
            assertTrue(text.endsWith("&sslmode=verify-full&sslrootcert=postgresql-ca.crt"), text);
        }
        assertEquals(
                "kubectl --context kind -n postgresql get secret postgresql-tls"
                        + " -o 'go-template={{index .data \"ca.crt\" | base64decode}}' > postgresql-ca.crt",
                outputs.get("rootCertificateCommand"));
    }

    /** As the drivers of applications read it. */
    @Test
    void tellsHowToReachEachDeclaredDatabase() {
        ProjectDraft.in(folder);
        var name = "it's 100 % \"new\" + ü/?&#:@";
        var draft = StackDraft.withPasswords("hunter2", "hunter3")
                .with("replicas", "1")
                .with("passwords", "{\"postgres\":\"p1\",\"replicator\":\"p2\",\"shop\":\"p3\",\"orders\":\"p4\"}")
                .with(
                        "databases",
                        JsonMapper.shared()
                                .writeValueAsString(Map.of("orders", Map.of(), name, Map.of("owner", "shop"))));
        var outputs = DeclaredStack.of(draft, folder, ProjectDraft.STACK).outputs();
        var databases = (Map<?, ?>) outputs.get("databases");
        assertEquals(Set.of("orders", name), databases.keySet());
        var orders = (Map<?, ?>) databases.get("orders");
        assertEquals(
                "postgresql://orders@postgresql-primary.postgresql.svc.cluster.local:5432,postgresql-sfs-0.postgresql-svc.postgresql.svc.cluster.local:5432/orders?target_session_attrs=read-write",
                orders.get("readWriteLibpq"));
        assertEquals(
                "jdbc:postgresql://postgresql-sfs-0.postgresql-svc.postgresql.svc.cluster.local:5432/orders?user=orders&targetServerType=preferSecondary&loadBalanceHosts=true",
                orders.get("readOnlyJdbc"));
        assertEquals(Set.of("readWriteLibpq", "readOnlyLibpq", "readWriteJdbc", "readOnlyJdbc"), orders.keySet());

        var jdbc = ((Map<?, ?>) databases.get(name)).get("readWriteJdbc").toString();
        var read = Driver.parseURL(jdbc, new Properties());
        assertEquals(name, read.getProperty("PGDBNAME"));
        assertEquals("shop", read.getProperty("user"));
        assertEquals("primary", read.getProperty("targetServerType"));
        assertTrue(outputs.get("readWriteLibpq").toString().contains("//postgres@"), "the superuser's stay");
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
                    problem              : the cluster must be named, so that nothing is deployed to whatever context is the current one
                    fix                  : pulumi config set kubernetes:context <one of: kubectl config get-contexts -o name>

                    streamset:replicas   = 4
                    problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                    fix                  : pulumi config set streamset:replicas 5

                    streamset:replica    = 3
                    problem              : no such key, did you mean streamset:replicas?
                    fix                  : pulumi config rm streamset:replica

                    src/main/postgresql/postgresql.conf:1 = port = 5433
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

        @Test
        void isAPasswordInClearTextBesideAnEncryptedOneOfWhichTheEngineTellsNothing() throws IOException {
            ProjectDraft.in(folder);
            Files.writeString(folder.resolve("Pulumi.dev.yaml"), """
                    config:
                      streamset:passwords:
                        postgres: {secure: v1:x}
                        replicator: hunter3
                    """);
            assertRefused("""
                    1 problem, nothing was changed

                    streamset:passwords.replicator = [clear text]
                    problem                        : must be stored encrypted; the clear text stays in the history of the file, so it takes another password
                    fix                            : pulumi config set --secret --path 'streamset:passwords.replicator' "$(openssl rand -base64 24)"
                    """, StackDraft.withPasswords("hunter2", "hunter3"));
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
