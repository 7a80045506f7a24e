package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import streamset.cluster.ClusterSpec;
import streamset.node.Agent;
import streamset.node.Scripts;

/**
 * A ConfigMap with scripts. It never changes: other scripts make another ConfigMap, and pods keep the one that they started
 * with.
 */
final class ScriptsConfigMap {
    private ScriptsConfigMap() {}

    static Declarable ofPods(ClusterSpec spec) {
        var scripts = Agent.of(spec).scripts();
        return of(spec, "scripts", spec.names().scripts(scripts.digest()), scripts);
    }

    static Declarable ofJobs(ClusterSpec spec) {
        var scripts = Agent.of(spec).jobScripts();
        return of(spec, "jobs", spec.names().jobScripts(scripts.digest()), scripts);
    }

    private static Declarable of(ClusterSpec spec, String purpose, String name, Scripts scripts) {
        return Declarable.of(
                purpose,
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(new Metadata(spec).of(name).build())
                        .immutable(true)
                        .data(scripts.data())
                        .build(),
                ConfigMap::new);
    }
}
