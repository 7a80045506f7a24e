package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/** The ConfigMap built from the two conf files; its keys are the files' names. */
final class ConfConfigMap {
    private ConfConfigMap() {}

    static ConfigMap of(ClusterSpec spec, CustomResourceOptions options) {
        var name = spec.names().configMap();
        return new ConfigMap(
                name,
                ConfigMapArgs.builder()
                        .metadata(new Metadata(spec.names()).of(name).build())
                        .data(Map.of(
                                "postgresql.conf", spec.files().postgresqlConf(),
                                "pg_hba.conf", spec.files().pgHbaConf()))
                        .build(),
                options);
    }
}
