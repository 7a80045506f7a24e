package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.resources.CustomResourceOptions;

/**
 * The Job that makes every server read changed conf files: standbys that are added can clone only after the primary has
 * read the line of pg_hba.conf that lets them in.
 */
final class ReloadJob {
    private ReloadJob() {}

    static Job of(ClusterSpec spec, CustomResourceOptions options) {
        return ScriptJob.of(
                spec,
                "reload",
                NodeScripts.RELOAD,
                spec.names()::reloadJob,
                NodeScripts.hosts(spec) + NodeScripts.revision(spec),
                options);
    }
}
