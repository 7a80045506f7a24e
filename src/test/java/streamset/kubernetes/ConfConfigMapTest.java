package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
                host replication replicator postgresql-sfs-0.postgresql-svc.postgresql.svc.cluster.local md5
                host replication replicator postgresql-sfs-1.postgresql-svc.postgresql.svc.cluster.local md5
                host replication replicator postgresql-sfs-2.postgresql-svc.postgresql.svc.cluster.local md5
                """ + ProjectDraft.PG_HBA_CONF, data.get("pg_hba.conf").asString());
        assertEquals(stack.outputs().get("pgHbaConf"), data.get("pg_hba.conf").asString());
        assertEquals(
                stack.outputs().get("postgresqlConf"),
                data.get("postgresql.conf").asString());
    }
}
