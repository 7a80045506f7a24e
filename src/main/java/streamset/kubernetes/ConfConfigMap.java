package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.conf.ConfFiles;

/** The ConfigMap built from the two conf files; its keys are the files' names. */
final class ConfConfigMap {
    private ConfConfigMap() {}

    /** The ConfigMap that the servers read; it changes in place. */
    static Declarable of(ClusterSpec spec) {
        var name = spec.names().configMap();
        return Declarable.of("configs", args(spec, name).build(), ConfigMap::new);
    }

    /** The ConfigMap that the Job checks first; it never changes, because each revision has its own. */
    static Declarable ofCandidate(ClusterSpec spec) {
        var name = spec.names().candidate(spec.files().revision());
        return Declarable.of("candidate", args(spec, name).immutable(true).build(), ConfigMap::new);
    }

    private static ConfigMapArgs.Builder args(ClusterSpec spec, String name) {
        var metadata = new Metadata(spec);
        return ConfigMapArgs.builder()
                .apiVersion("v1")
                .kind("ConfigMap")
                .metadata(metadata.of(name, metadata.failover()).build())
                .data(Map.of(
                        ConfFiles.POSTGRESQL_CONF, spec.files().postgresqlConf(),
                        ConfFiles.PG_HBA_CONF, spec.files().pgHbaConf()));
    }
}
