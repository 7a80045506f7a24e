package streamset.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problems;

@Tag("unit")
class PatroniFileTest {
    private final StackDraft stack = StackDraft.minimal()
            .with("failover", "automatic")
            .with("image", "example.org/postgres-patroni:18")
            .with("namespace", "shop")
            .with("name", "orders");

    private static ClusterSpec spec(StackDraft stack) {
        var problems = new Problems();
        var spec = ClusterSpec.of(stack.raw(), Path.of(""), "none", problems);
        problems.throwIfAny();
        return spec;
    }

    private static PatroniFile file(StackDraft stack) {
        return new PatroniFile(spec(stack), Map.of("app.kubernetes.io/component", "server"));
    }

    @Test
    void hasWhatIsTheSameInAllPods() {
        assertEquals("""
                scope: orders
                kubernetes:
                  namespace: shop
                  labels:
                    app.kubernetes.io/component: server
                  scope_label: app.kubernetes.io/instance
                  role_label: streamset/role
                  leader_label_value: primary
                  follower_label_value: standby
                  use_endpoints: false
                restapi:
                  listen: 0.0.0.0:8008
                bootstrap:
                  method: streamset
                  streamset:
                    command: bash /etc/streamset/scripts/patroni/initdb.sh
                    no_params: true
                  post_init: bash /etc/streamset/scripts/patroni/node_role.sh
                postgresql:
                  listen: '*:5432'
                  custom_conf: /etc/postgresql/postgresql.conf
                  use_unix_socket: true
                  use_unix_socket_repl: true
                  parameters:
                    hba_file: /etc/postgresql/pg_hba.conf
                    unix_socket_directories: /var/run/postgresql
                  callbacks:
                    on_role_change: bash /etc/streamset/scripts/patroni/role.sh
                  use_pg_rewind: true
                  remove_data_directory_on_rewind_failure: true
                  remove_data_directory_on_diverged_timelines: true
                  create_replica_methods:
                  - streamset
                  streamset:
                    command: bash /etc/streamset/scripts/patroni/clone.sh
                    keep_data: true
                """, file(stack).text());
    }

    @Test
    void hasAnotherDigestForAnotherText() {
        var before = file(stack).digest();
        assertNotEquals(before, file(stack.with("namespace", "store")).digest());
    }
}
