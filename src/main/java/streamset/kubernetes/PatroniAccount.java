package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import streamset.cluster.ClusterSpec;

/** The ServiceAccount by which Patroni reads and writes its objects. */
final class PatroniAccount {
    private PatroniAccount() {}

    static Declarable of(ClusterSpec spec) {
        return Declarable.of(
                "account",
                ServiceAccountArgs.builder()
                        .apiVersion("v1")
                        .kind("ServiceAccount")
                        .metadata(new Metadata(spec).of(spec.names().account()).build())
                        .automountServiceAccountToken(false) // only the server pods ask for its token
                        .build(),
                ServiceAccount::new);
    }
}
