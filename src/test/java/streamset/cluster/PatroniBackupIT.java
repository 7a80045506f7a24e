package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the pods elect their primary. */
@Tag("cluster")
class PatroniBackupIT extends BackupCase {
    private static final int REPLICAS = 3;

    PatroniBackupIT() {
        super(
                "streamset-patroni-backup",
                "streamset:failover=automatic",
                "streamset:image=localhost/postgres-patroni:" + MAJOR,
                "streamset:resources.cpu=150m",
                "streamset:resources.memory=640Mi",
                "streamset:backup.resources.cpu=100m", // six such pods fit on two cores
                "streamset:replicas=" + REPLICAS);
    }

    /** All that follows is done with a primary that nobody has declared. */
    @Test
    @Order(0)
    void wal_goes_on_to_the_archive_when_another_pod_has_taken_over() {
        cluster().kubectl("delete", "pod", Deployment.pod(0), "--wait=false");
        cluster().await("another primary", () -> IntStream.range(1, REPLICAS).anyMatch(this::writes));
        primary(IntStream.range(1, REPLICAS).filter(this::writes).findFirst().orElseThrow());
        var segment = cluster().sql(primary(), "SELECT pg_walfile_name(pg_current_wal_lsn())");
        assertTrue(segment.startsWith("00000002"), segment);
        cluster().sql(primary(), "SELECT pg_switch_wal()");
        cluster()
                .await("segment " + segment + " in the archive", () -> archive().has(segment));
        cluster().await("all others stream", () -> standbys().equals(Integer.toString(REPLICAS - 1)));
    }

    private boolean writes(int ordinal) {
        return cluster().trySql(ordinal, "SELECT pg_is_in_recovery()").equals("f");
    }

    private String standbys() {
        return cluster().sql(primary(), "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'");
    }
}
