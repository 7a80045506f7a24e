package streamset.kubernetes;

import com.pulumi.kubernetes.batch.v1.Job;
import com.pulumi.kubernetes.batch.v1.JobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import java.util.function.UnaryOperator;
import streamset.config.Digest;

/**
 * A Job that runs one of the node scripts against the servers. A Job cannot change, so its name carries the digest of
 * all it depends on: another digest is another Job, and the script runs again.
 */
final class ScriptJob {
    // psql and bash. No limit on processor time: all standbys wait for these few hundred milliseconds.
    private static final Map<String, String> REQUESTS = Map.of("cpu", "50m", "memory", "64Mi");

    private static final Map<String, String> LIMITS = Map.of("memory", "64Mi");
    private static final int DEADLINE_SECONDS = 600; // as long as Pulumi waits for the pods
    private static final int RETRIES = 3; // the scripts wait by themselves; this is for nodes that go away

    private static final Map<String, String> REPLACE_WHEN_FAILED = Map.of("pulumi.com/replaceUnready", "true");

    private ScriptJob() {}

    /**
     * @param purpose label of its pods, and the container's name
     * @param name gives the Job's name for a digest
     * @param dependsOn what the script reads apart from itself, in any form that changes when it changes
     */
    static Job of(
            ClusterSpec spec,
            String purpose,
            String script,
            UnaryOperator<String> name,
            String dependsOn,
            CustomResourceOptions options) {
        var metadata = new Metadata(spec.names());
        var image = spec.config().image();
        var digest = Digest.of(NodeScripts.text(NodeScripts.NODE), NodeScripts.text(script), image, dependsOn);
        return new Job(
                spec.names().prefix() + "-" + purpose,
                JobArgs.builder()
                        .metadata(metadata.of(name.apply(digest))
                                .annotations(REPLACE_WHEN_FAILED)
                                .build())
                        .spec(JobSpecArgs.builder()
                                .backoffLimit(RETRIES)
                                .activeDeadlineSeconds(DEADLINE_SECONDS)
                                .template(PodTemplateSpecArgs.builder()
                                        .metadata(ObjectMetaArgs.builder()
                                                .labels(metadata.podLabels(purpose))
                                                .build())
                                        .spec(pod(spec, purpose, script))
                                        .build())
                                .build())
                        .build(),
                options);
    }

    private static PodSpecArgs pod(ClusterSpec spec, String purpose, String script) {
        return PodSpecArgs.builder()
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .restartPolicy("Never") // a failed pod keeps its log
                .securityContext(PodParts.podSecurity())
                .containers(ContainerArgs.builder()
                        .name(purpose)
                        .image(spec.config().image())
                        .imagePullPolicy("IfNotPresent")
                        .command(NodeScripts.command(script))
                        .resources(ResourceRequirementsArgs.builder()
                                .requests(REQUESTS)
                                .limits(LIMITS)
                                .build())
                        .securityContext(PodParts.containerSecurity())
                        .volumeMounts(NodeScripts.mount(), NodeScripts.passwordsMount(), PodParts.mount("tmp", "/tmp"))
                        .build())
                .volumes(NodeScripts.volume(spec), NodeScripts.passwordsVolume(spec), PodParts.emptyVolume("tmp"))
                .build();
    }
}
