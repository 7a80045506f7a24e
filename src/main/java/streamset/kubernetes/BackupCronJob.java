package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.CronJob;
import com.pulumi.kubernetes.batch.v1.CronJobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.CronJobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import streamset.cluster.ClusterSpec;
import streamset.node.ScheduledJob;

/**
 * A CronJob about the archive. Most ask the primary's archiver, whose work it is, and wait until that is done: they need no credentials.
 * None needs rights at the API server.
 */
final class BackupCronJob {
    // a backup of 1.7 TB at 20 MB/s, a tenth of what was measured; the next one of its kind is not earlier by default
    private static final int DEADLINE_SECONDS = 24 * 60 * 60;

    private static final int LATEST_SECONDS = 60 * 60; // after an hour without a controller, the next one will do
    private static final int RETRIES = 2; // for machines that fail: what the archiver says once, it says again
    private static final int NO_RETRIES = 0; // where the pod that has failed still has its volume
    private static final int KEPT_JOBS = 3; // each with its log
    private static final int KEPT_SECONDS = 60 * 60; // those with a volume: long enough to read the log

    private BackupCronJob() {}

    static Declarable of(ClusterSpec spec, ScheduledJob job) {
        var metadata = new Metadata(spec);
        return Declarable.of(
                "backup-" + job.kind(),
                CronJobArgs.builder()
                        .apiVersion("batch/v1")
                        .kind("CronJob")
                        .metadata(metadata.of(spec.names().backup(job.kind())).build())
                        .spec(CronJobSpecArgs.builder()
                                .schedule(job.schedule())
                                .timeZone("Etc/UTC") // otherwise that of the controller, whichever it is
                                .concurrencyPolicy("Forbid")
                                .startingDeadlineSeconds(LATEST_SECONDS)
                                .successfulJobsHistoryLimit(KEPT_JOBS)
                                .failedJobsHistoryLimit(KEPT_JOBS)
                                .jobTemplate(JobTemplateSpecArgs.builder()
                                        .metadata(ObjectMetaArgs.builder()
                                                .labels(metadata.labels())
                                                .build())
                                        .spec(jobSpec(spec, job, metadata))
                                        .build())
                                .build())
                        .build(),
                CronJob::new);
    }

    private static JobSpecArgs jobSpec(ClusterSpec spec, ScheduledJob job, Metadata metadata) {
        var args = JobSpecArgs.builder();
        if (job.hasOwnVolume()) {
            args.ttlSecondsAfterFinished(KEPT_SECONDS);
        }
        return args.backoffLimit(job.hasOwnVolume() ? NO_RETRIES : RETRIES)
                .activeDeadlineSeconds(DEADLINE_SECONDS)
                .template(PodTemplateSpecArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .labels(metadata.podLabels(job.container().name()))
                                .build())
                        .spec(AgentJob.pod(spec, job))
                        .build())
                .build();
    }
}
