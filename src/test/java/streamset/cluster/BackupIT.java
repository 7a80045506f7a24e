package streamset.cluster;

import org.junit.jupiter.api.Tag;

/** Where the primary is declared. */
@Tag("cluster")
class BackupIT extends BackupCase {
    BackupIT() {
        super("streamset-backup", "streamset:resources.cpu=100m", "streamset:replicas=1");
    }
}
