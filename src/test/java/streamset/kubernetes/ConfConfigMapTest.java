package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;

@Tag("unit")
class ConfConfigMapTest {
    @Test
    void holdsBothFilesAsTheyWereRendered(@TempDir Path folder) {
        ProjectDraft.in(folder)
                .own("pg_hba.conf", "host replication replicator ${pods} md5\n" + ProjectDraft.PG_HBA_CONF);
        var stack = DeclaredStack.of(StackDraft.minimal(), folder, ProjectDraft.STACK);
        var data = stack.object("ConfigMap", "postgresql-configs").get("data");
        assertEquals(Set.of("postgresql.conf", "pg_hba.conf"), Set.copyOf(data.propertyNames()));
        assertEquals("""
                # ---- written by streamset: the cluster's own access; these lines come first, so nothing below can take it away ----
                local all postgres trust  # node scripts, probes and kubectl exec, through the pod's own socket
                host postgres postgres all scram-sha-256  # Jobs, whose addresses are not known beforehand
                host postgres streamset all scram-sha-256  # the nodes, which query each other
                host all streamset all reject
                host replication replicator .postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                host replication replicator .postgresql-primary.postgresql.svc.cluster.local scram-sha-256
                host replication replicator .postgresql-read.postgresql.svc.cluster.local scram-sha-256

                host replication replicator .postgresql-svc.postgresql.svc.cluster.local md5
                host replication replicator .postgresql-primary.postgresql.svc.cluster.local md5
                host replication replicator .postgresql-read.postgresql.svc.cluster.local md5
                """ + ProjectDraft.PG_HBA_CONF, data.get("pg_hba.conf").asString());
        var conf = data.get("postgresql.conf").asString();
        assertTrue(conf.startsWith("wal_level = replica\n"), conf);
        assertTrue(conf.endsWith("'  # of both files\n"), conf);
    }
}
