package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.resources.CustomResourceOptions;
import streamset.config.Credentials;
import streamset.config.Digest;

/** The Job that creates the role {@code replicator}, or sets its password when that has changed. */
final class ReplicatorJob {
    private ReplicatorJob() {}

    /**
     * Must not depend on the StatefulSet: its standbys get ready only after they have cloned, and for that they need the
     * role.
     */
    static Job of(ClusterSpec spec, CustomResourceOptions options) {
        return ScriptJob.of(
                spec, "replicator", NodeScripts.REPLICATOR, spec.names()::replicatorJob, credentials(spec), options);
    }

    private static String credentials(ClusterSpec spec) {
        var names = spec.names();
        var salt = names.namespace() + "/" + names.passwords();
        if (spec.config().credentials() instanceof Credentials.Passwords passwords) {
            return Digest.ofSecret(passwords.postgres() + "\n" + passwords.replicator(), salt);
        }
        return NodeScripts.secretName(spec);
    }
}
