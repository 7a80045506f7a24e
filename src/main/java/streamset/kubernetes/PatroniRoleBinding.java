package streamset.kubernetes;

import com.pulumi.kubernetes.rbac.v1.RoleBinding;
import com.pulumi.kubernetes.rbac.v1.RoleBindingArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.RoleRefArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import streamset.cluster.ClusterSpec;

/** The RoleBinding that gives the pods Patroni's rights. */
final class PatroniRoleBinding {
    private PatroniRoleBinding() {}

    static Declarable of(ClusterSpec spec) {
        var name = spec.names().account();
        return Declarable.of(
                "rights",
                RoleBindingArgs.builder()
                        .apiVersion("rbac.authorization.k8s.io/v1")
                        .kind("RoleBinding")
                        .metadata(new Metadata(spec).of(name).build())
                        .roleRef(RoleRefArgs.builder()
                                .apiGroup("rbac.authorization.k8s.io")
                                .kind("Role")
                                .name(name)
                                .build())
                        .subjects(SubjectArgs.builder()
                                .kind("ServiceAccount")
                                .name(name)
                                .namespace(spec.names().namespace())
                                .build())
                        .build(),
                RoleBinding::new);
    }
}
