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
 * A CronJob that asks the primary's archiver for a backup, or for a check of what is stored, and waits until that is done. The work is
 * the archiver's: this pod needs neither credentials nor rights at the API server.
 */
final class BackupCronJob {
    // a backup of 1.7 TB at 20 MB/s, a tenth of what was measured; the next one of its kind is not earlier by default
    private static final int DEADLINE_SECONDS = 24 * 60 * 60;

    private static final int LATEST_SECONDS = 60 * 60; // after an hour without a controller, the next one will do
    private static final int RETRIES = 2; // for machines that fail: what the archiver says once, it says again
    private static final int KEPT_JOBS = 3; // each with its log

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
        return JobSpecArgs.builder()
                .backoffLimit(RETRIES)
                .activeDeadlineSeconds(DEADLINE_SECONDS)
                .template(PodTemplateSpecArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .labels(metadata.podLabels(ScheduledJob.CONTAINER))
                                .build())
                        .spec(AgentJob.pod(spec, job.container(), job.volumes()))
                        .build())
                .build();
    }
}
