package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;

@Tag("unit")
class TopologyConfigMapTest {
    @Test
    void tellsThePodsWhoIsWho() {
        var stack = DeclaredStack.of(StackDraft.minimal()
                .with("namespace", "shop")
                .with("primary", "1")
                .with("lost", "[0,2]")
                .with("keepDiverged", "true"));
        var revision = stack.object("ConfigMap", "postgresql-configs")
                .at("/data/postgresql.conf")
                .asString()
                .replaceFirst("(?s).*revision = '(\\w+)'.*", "$1");
        var pod = stack.object("StatefulSet", "postgresql-sfs")
                .at("/spec/template/spec/containers/0/env")
                .valueStream()
                .filter(variable -> variable.get("name").asString().equals("POD_DIGEST"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                """
                hosts=postgresql-sfs-0.postgresql-svc.shop.svc.cluster.local postgresql-sfs-1.postgresql-svc.shop.svc.cluster.local postgresql-sfs-2.postgresql-svc.shop.svc.cluster.local
                primary=1
                lost=0 2
                keep_diverged=true
                revision=%s
                wal_kilobytes=8873728
                pod=%s
                generation=1
                """.formatted(revision, pod.get("value").asString()),
                stack.object("ConfigMap", "postgresql-topology")
                        .at("/data/topology")
                        .asString());
    }

    @Test
    void tellsThemTheRolesOfDatabasesInAFileOfItsOwn() {
        var stack = DeclaredStack.of(
                StackDraft.minimal().with("databases", "{\"shop\":{\"readers\":[\"Looks_at.it-2\"]}}"));
        assertEquals(
                "roles=Looks_at.it-2 shop\n",
                stack.object("ConfigMap", "postgresql-topology")
                        .at("/data/roles")
                        .asString());
        assertTrue(DeclaredStack.of(StackDraft.minimal())
                .object("ConfigMap", "postgresql-topology")
                .at("/data/roles")
                .isMissingNode());
    }
}
