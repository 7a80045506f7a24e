package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.patroni.PatroniFile;

/** The ConfigMap with the file that Patroni reads. It never changes: another file makes another one, and restarts the pods. */
final class PatroniConfigMap {
    private PatroniConfigMap() {}

    static Declarable of(ClusterSpec spec, PatroniFile file) {
        return Declarable.of(
                "patroni",
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(new Metadata(spec)
                                .of(spec.names().patroni(file.digest()))
                                .build())
                        .immutable(true)
                        .data(Map.of(PatroniFile.NAME, file.text()))
                        .build(),
                ConfigMap::new);
    }
}
