package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The base pg_hba.conf, in front of which the pods are let in by their DNS names: standbys can be added without a restart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("cluster")
class BaseFilesIT {
    private static final Deployment CLUSTER = new Deployment(
            "staging",
            "streamset-e2e-base",
            "streamset:secretName=",
            "streamset:resources.cpu=150m",
            "streamset:resources.memory=256Mi",
            "streamset:storage.size=1Gi",
            "streamset:version=15");

    @BeforeAll
    static void startFromNothing() {
        CLUSTER.remove();
    }

    @AfterAll
    static void leaveNothing() {
        CLUSTER.remove();
    }

    @Test
    @Order(1)
    void one_pod_is_a_primary_on_its_own() {
        CLUSTER.apply("streamset:replicas=1");
        CLUSTER.assertRowTravels();
        assertTrue(CLUSTER.sql(0, "SHOW server_version").startsWith("15."));
    }

    @Test
    @Order(2)
    void added_standbys_are_let_in_without_a_restart() {
        var started = CLUSTER.sql(0, "SELECT pg_postmaster_start_time()");
        CLUSTER.apply("streamset:replicas=3");
        CLUSTER.awaitStreaming(1, 2);
        CLUSTER.assertRowTravels(1, 2);
        assertEquals(started, CLUSTER.sql(0, "SELECT pg_postmaster_start_time()"));
        assertEquals("0", CLUSTER.sql(0, "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL"));
    }

    @Test
    @Order(3)
    void a_destroy_deletes_the_data_when_the_stack_says_so() {
        if (!CLUSTER.byPulumi()) {
            return; // only the engine knows of a destroy
        }
        CLUSTER.apply("streamset:replicas=3", "streamset:keepVolumes=false");
        var destroy = CLUSTER.pulumi("destroy", "--yes", "--skip-preview");
        assertEquals(0, destroy.exitCode(), destroy.output());
        assertEquals("", CLUSTER.kubectl("get", "namespace", "streamset-e2e-base", "--ignore-not-found"));
    }
}
