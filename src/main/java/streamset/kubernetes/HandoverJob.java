package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.resources.CustomResourceOptions;

/**
 * The Job that ends when the declared primary writes. It tells the running pods what is declared, sooner than the kubelet
 * does; the rest they do among themselves, except where the old primary is declared lost and can do nothing.
 */
final class HandoverJob {
    private HandoverJob() {}

    /** Must not depend on the StatefulSet: a standby that is declared primary gets ready only when it has been handed to. */
    static Job of(ClusterSpec spec, CustomResourceOptions options) {
        return ScriptJob.of(
                spec,
                "handover",
                NodeScripts.HANDOVER,
                spec.names()::handoverJob,
                NodeScripts.text(NodeScripts.PEERS) + NodeScripts.roles(spec),
                options);
    }
}
