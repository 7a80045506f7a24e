package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.kubernetes.batch.v1.JobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.List;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.node.PodContainer;
import streamset.node.PodJob;
import streamset.node.ScheduledJob;
import streamset.node.ScheduledJob.Memory;
import streamset.node.Scratch;
import streamset.pod.PodVolume;

/**
 * A Job of the agent. A Job cannot change, so its name contains the digest of everything that it depends on: another digest
 * makes another Job, and the script runs again.
 */
final class AgentJob {
    // psql and bash. No CPU limit: all standbys wait for these few hundred milliseconds.
    private static final String CPU = "50m";

    private static final String MEMORY = "memory";
    private static final int DEADLINE_SECONDS = 600; // as long as Pulumi waits for the pods

    private static final Map<String, String> REPLACE_WHEN_FAILED = Map.of("pulumi.com/replaceUnready", "true");

    private AgentJob() {}

    /** The Job of a script that queries the servers. */
    static Declarable of(ClusterSpec spec, PodJob job) {
        return of(spec, job, Memory.OF_SCRIPTS, Scratch.ofJob());
    }

    /** The Job of a script that runs its own server, with the memory limit of a server pod. */
    static Declarable withServer(ClusterSpec spec, PodJob job) {
        return of(
                spec,
                job,
                new Memory(
                        Memory.OF_SCRIPTS.request(), spec.config().resources().memory()),
                Scratch.ofCheck(spec.config().wal().segmentSize()));
    }

    private static Declarable of(ClusterSpec spec, PodJob job, Memory memory, Scratch scratch) {
        var metadata = new Metadata(spec);
        var declared = Declarable.of(
                recognizedBy(job),
                JobArgs.builder()
                        .apiVersion("batch/v1")
                        .kind("Job")
                        .metadata(metadata.of(spec.names().job(job.purpose(), job.digest()), REPLACE_WHEN_FAILED)
                                .build())
                        .spec(JobSpecArgs.builder()
                                .backoffLimit(job.retries())
                                .activeDeadlineSeconds(DEADLINE_SECONDS)
                                .template(PodTemplateSpecArgs.builder()
                                        .metadata(ObjectMetaArgs.builder()
                                                .labels(metadata.podLabels(job.purpose()))
                                                .build())
                                        .spec(pod(
                                                spec,
                                                spec.config().image(),
                                                memory,
                                                scratch,
                                                job.container(),
                                                job.volumes()))
                                        .build())
                                .build())
                        .build(),
                Job::new);
        return job.wish().isPresent() ? declared.with(options -> options.ignoreChanges("spec")) : declared;
    }

    /** For another wish it is another object: it would get the former one's spec otherwise, whose scripts may be gone. */
    private static String recognizedBy(PodJob job) {
        return job.wish().map(ordinal -> job.purpose() + "-" + ordinal).orElse(job.purpose());
    }

    /** The pod of one that is scheduled. */
    static PodSpecArgs pod(ClusterSpec spec, ScheduledJob job) {
        return pod(spec, job.image(), job.memory(), Scratch.ofJob(), job.container(), job.volumes());
    }

    private static PodSpecArgs pod(
            ClusterSpec spec,
            String image,
            Memory memory,
            Scratch scratch,
            PodContainer container,
            List<PodVolume> volumes) {
        var resources = PodParts.resources(
                Map.of("cpu", CPU, MEMORY, memory.request().quantity()),
                Map.of(MEMORY, memory.limit().quantity()),
                scratch);
        var pod = PodSpecArgs.builder();
        PodNodes.choose(pod, spec.placement().ofJobs());
        return pod.automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .restartPolicy("Never") // a failed pod keeps its log
                .securityContext(PodParts.podSecurity(spec.config().user()))
                .containers(PodParts.container(image, container, resources)
                        .terminationMessagePolicy("FallbackToLogsOnError") // so the engine can show the reason
                        .build())
                .volumes(PodParts.volumes(volumes))
                .build();
    }
}
