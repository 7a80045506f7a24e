package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;

@Tag("unit")
class ScriptsConfigMapTest {
    private static final List<String> SCRIPTS =
            Stream.of(Path.of("src/main/bash").toFile().list()).sorted().toList();

    @Test
    void holdsEveryScriptOfTheRepositoryAsItIs() throws IOException {
        var data = DeclaredStack.of(StackDraft.minimal())
                .object("ConfigMap", "postgresql-scripts")
                .get("data");
        for (String script : SCRIPTS) {
            assertEquals(
                    Files.readString(Path.of("src/main/bash", script)),
                    data.get(script).asString(),
                    script);
        }
        var expected = new TreeSet<>(SCRIPTS);
        expected.add("topology.sh");
        assertEquals(expected, new TreeSet<>(data.propertyNames()));
    }

    @Test
    void tellsThePodsWhoIsWho() {
        var stack = DeclaredStack.of(StackDraft.minimal()
                .with("namespace", "shop")
                .with("primary", "1")
                .with("lost", "[0,2]")
                .with("keepDiverged", "true"));
        var revision =
                stack.outputs().get("postgresqlConf").toString().replaceFirst("(?s).*revision = '(\\w+)'.*", "$1");
        assertEquals(
                """
                # shellcheck shell=bash disable=SC2034 # read by node.sh
                HOSTS=(postgresql-sfs-0.postgresql-svc.shop.svc.cluster.local postgresql-sfs-1.postgresql-svc.shop.svc.cluster.local postgresql-sfs-2.postgresql-svc.shop.svc.cluster.local)
                PRIMARY=1
                LOST=(0 2)
                KEEP_DIVERGED=true
                REVISION=%s
                WAL_NEEDS=8873728
                """.formatted(revision),
                stack.object("ConfigMap", "postgresql-scripts")
                        .at("/data/topology.sh")
                        .asString());
    }
}
