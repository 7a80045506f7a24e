package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.resources.CustomResourceOptions;

/**
 * The Job that gives the primary a replication slot for each declared standby, and drops those of standbys that are no
 * longer declared: a slot that nobody uses holds WAL back until its cap is reached.
 */
final class SlotsJob {
    private SlotsJob() {}

    static Job of(ClusterSpec spec, CustomResourceOptions options) {
        return ScriptJob.of(spec, "slots", NodeScripts.SLOTS, spec.names()::slotsJob, standbys(spec), options);
    }

    private static String standbys(ClusterSpec spec) {
        return spec.names().statefulSet() + "\n" + spec.config().replicas() + "\n" + spec.primary();
    }
}
