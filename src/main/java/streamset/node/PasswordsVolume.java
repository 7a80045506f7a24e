package streamset.node;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * Of a Job that logs in as the nodes do.
     *
     * @param more keys of passwords that it needs too
     */
    PodVolume ofJobAsNode(String... more) {
        if (spec.config().credentials() instanceof ExistingSecret) {
            return ofJob(); // from which it computes their password
        }
        var items = Stream.concat(Stream.of(NodePasswords.NODES), Stream.of(more))
                .collect(Collectors.toMap(key -> key, key -> key));
        return new PodVolume.OfSecret(NAME, spec.names().logins(), GROUP_READABLE, items, false);
    }

    /**
     * The same for one that these servers, which are there before the update, must let in. Pods of former versions let no Job log in so;
     * they are known by the Secret that they mount.
     */
    PodVolume ofJobAsNode(DeployedNodes deployed, String... more) {
        boolean letNodesIn = !deployed.exist()
                || deployed.passwords().equals(Optional.of(spec.names().logins()));
        return letNodesIn ? ofJobAsNode(more) : ofJob();
    }

    private static PodVolume whole(String secret) {
        return new PodVolume.OfSecret(NAME, secret, GROUP_READABLE);
    }
}
