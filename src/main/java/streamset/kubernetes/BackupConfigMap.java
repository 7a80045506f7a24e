package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import java.util.Map;
import streamset.cluster.ClusterSpec;
import streamset.node.PgBackRestFile;

/** The ConfigMap with what pgBackRest reads: where an archive is. It changes in place: no pod restarts for another bucket. */
final class BackupConfigMap {
    private BackupConfigMap() {}

    /** Of the archive that is written. */
    static Declarable of(ClusterSpec spec, PgBackRestFile file) {
        return of(spec, "backup", spec.names().backup(), file);
    }

    /** Of the one that the data come from. */
    static Declarable ofRestore(ClusterSpec spec, PgBackRestFile file) {
        return of(spec, "restore", spec.names().restore(), file);
    }

    private static Declarable of(ClusterSpec spec, String purpose, String name, PgBackRestFile file) {
        return Declarable.of(
                purpose,
                ConfigMapArgs.builder()
                        .apiVersion("v1")
                        .kind("ConfigMap")
                        .metadata(new Metadata(spec).of(name).build())
                        .data(Map.of(PgBackRestFile.NAME, file.text()))
                        .build(),
                ConfigMap::new);
    }
}
