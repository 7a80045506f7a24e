package streamset.node;

import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.config.Credentials.ExistingSecret;
import streamset.pod.PodVolume;

/** The volume with the passwords of roles, of which each pod has as few as it can do with. A Secret of somebody else has one form only. */
public record PasswordsVolume(ClusterSpec spec) {
    /** Its name in the pods. */
    public static final String NAME = "passwords";

    // the files belong to root; the server can read them through fsGroup
    private static final int GROUP_READABLE = 0440;

    PodVolume ofServer() {
        return whole(spec.names().logins(spec.config().credentials()));
    }

    /** Of a Job that logs in as the superuser. */
    PodVolume ofJob() {
        return whole(spec.names().passwords(spec.config().credentials()));
    }

    /** Of a Job that logs in as the nodes do. */
    PodVolume ofJobAsNode() {
        if (spec.config().credentials() instanceof ExistingSecret) {
            return ofJob(); // from which it computes their password
        }
        var items = Map.of(NodePasswords.NODES, NodePasswords.NODES);
        return new PodVolume.OfSecret(NAME, spec.names().logins(), GROUP_READABLE, items, false);
    }

    private static PodVolume whole(String secret) {
        return new PodVolume.OfSecret(NAME, secret, GROUP_READABLE);
    }
}
