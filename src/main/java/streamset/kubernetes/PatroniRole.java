package streamset.kubernetes;

import com.pulumi.kubernetes.rbac.v1.Role;
import com.pulumi.kubernetes.rbac.v1.RoleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import java.util.List;
import java.util.stream.IntStream;
import streamset.cluster.ClusterSpec;

/** The Role with Patroni's rights: no more than it needs, on objects that are named wherever Kubernetes lets them be named. */
final class PatroniRole {
    private static final String CONFIG_MAPS = "configmaps";
    private static final String PODS = "pods";

    private PatroniRole() {}

    static Declarable of(ClusterSpec spec) {
        var pods = IntStream.range(0, spec.config().replicas())
                .mapToObj(spec.names()::pod)
                .toList();
        return Declarable.of(
                "role",
                RoleArgs.builder()
                        .apiVersion("rbac.authorization.k8s.io/v1")
                        .kind("Role")
                        .metadata(new Metadata(spec).of(spec.names().account()).build())
                        .rules(
                                // Lists cannot be narrowed by name, and neither can creating. Without that, nobody
                                // would
                                // write after the object with the lease was deleted, until the next update.
                                rule(CONFIG_MAPS, List.of(), "list", "watch", "create"),
                                rule(CONFIG_MAPS, PatroniState.names(spec), "get", "patch"),
                                rule(PODS, List.of(), "list", "watch"),
                                // the state of each, and the role label, which a new primary takes from the old one's
                                // pod
                                rule(PODS, pods, "get", "patch"))
                        .build(),
                Role::new);
    }

    private static PolicyRuleArgs rule(String resource, List<String> names, String... verbs) {
        var rule = PolicyRuleArgs.builder().apiGroups("").resources(resource).verbs(verbs);
        return names.isEmpty() ? rule.build() : rule.resourceNames(names).build();
    }
}
