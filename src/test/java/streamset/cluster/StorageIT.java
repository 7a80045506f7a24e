package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Volumes that grow under a cluster that runs, on the testbed's class that lets them. Each test goes on from the last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("cluster")
class StorageIT {
    private static final String CLASS = "local-loop-growing";
    private static final Deployment CLUSTER = new Deployment(
            "dev",
            "streamset-storage",
            "streamset:resources.cpu=50m",
            "streamset:replicas=3",
            "streamset:storage.className=" + CLASS,
            "streamset:wal.volume.className=" + CLASS);
    private static final int REPLICAS = 3;
    private static final int ROWS = 10_000;

    @BeforeAll
    static void startFromNothing() {
        Cluster.mustBeTheTestbed("change whether a StorageClass lets volumes grow");
        CLUSTER.remove();
        apply("1Gi");
        CLUSTER.awaitStreaming(1, 2);
        CLUSTER.sql(0, "CREATE TABLE kept AS SELECT generate_series(1, " + ROWS + ") AS id");
    }

    @AfterAll
    static void leaveNothing() {
        if (Cluster.isTestbed()) {
            CLUSTER.remove();
        }
    }

    private static void apply(String size) {
        CLUSTER.apply(sizes(size));
    }

    private static String[] sizes(String size) {
        return new String[] {"streamset:storage.size=" + size, "streamset:wal.volume.size=" + size};
    }

    @Test
    @Order(1)
    void volumes_grow_in_place_and_the_wal_settings_follow_when_they_have_grown() {
        var before = identities();
        var small = CLUSTER.sql(0, "SHOW max_wal_size");

        var update = CompletableFuture.runAsync(() -> apply("1536Mi"));
        for (int ordinal = REPLICAS - 1; ordinal >= 0; ordinal--) {
            restartIfItsVolumesWaitForThat(ordinal, update);
        }
        update.join();

        assertEquals(before, identities());
        for (int ordinal = 0; ordinal < REPLICAS; ordinal++) {
            assertTrue(megabytes(ordinal, "data") > 1400, "data of " + ordinal);
            assertTrue(megabytes(ordinal, "wal") > 1400, "WAL of " + ordinal);
            assertNotEquals(small, CLUSTER.sql(ordinal, "SHOW max_wal_size"));
        }
        CLUSTER.awaitStreaming(1, 2);
        assertEquals(Integer.toString(ROWS), CLUSTER.sql(0, "SELECT count(*) FROM kept"));
        CLUSTER.assertRowTravels(1, 2);
    }

    /** As docs/operations.md says, for storage that cannot let a volume grow while it is in use. */
    private static void restartIfItsVolumesWaitForThat(int ordinal, CompletableFuture<Void> update) {
        CLUSTER.await("the volumes of " + Deployment.pod(ordinal) + " have grown or wait for a new pod", () -> {
            if (update.isCompletedExceptionally()) {
                update.join(); // which says why
            }
            return claims(ordinal).allMatch(claim -> claim.contains("1536Mi") || claim.contains("Pending"));
        });
        if (claims(ordinal).anyMatch(claim -> claim.contains("Pending"))) {
            CLUSTER.kubectl("delete", "pod", Deployment.pod(ordinal));
            CLUSTER.await(
                    "the volumes of " + Deployment.pod(ordinal) + " have grown",
                    () -> claims(ordinal).allMatch(claim -> claim.strip().equals("1536Mi")));
            CLUSTER.kubectl("wait", "--for=condition=Ready", "pod/" + Deployment.pod(ordinal), "--timeout=120s");
        }
    }

    /** Capacity and conditions of each. */
    private static Stream<String> claims(int ordinal) {
        return Stream.of("data", "wal")
                .map(volume -> CLUSTER.kubectl(
                        "get",
                        "pvc",
                        volume + "-" + Deployment.pod(ordinal),
                        "-o",
                        "jsonpath={.status.capacity.storage} {.status.conditions[*].type}"));
    }

    private static long megabytes(int ordinal, String volume) {
        var size = CLUSTER.kubectl(
                "exec",
                Deployment.pod(ordinal),
                "-c",
                "postgresql",
                "--",
                "df",
                "--output=size",
                "-BM",
                "/var/lib/postgresql/" + volume);
        return Long.parseLong(size.replaceAll("\\D", ""));
    }

    private static String identities() {
        return CLUSTER.kubectl(
                "get",
                "statefulset,pvc",
                "-o",
                "jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{\"\\n\"}{end}");
    }

    @Test
    @Order(2)
    void a_volume_that_would_shrink_ends_the_update_before_anything_changes() {
        assertRefused("1Gi", " 1536Mi, and ", " shrink"); // all volumes, or the one of a claim
    }

    @Test
    @Order(3)
    void a_class_that_does_not_let_volumes_grow_ends_the_update_before_anything_changes() {
        growing(false);
        try {
            assertRefused("2Gi", "of the StorageClass " + CLASS + ", which does not let volumes grow");
        } finally {
            growing(true);
        }
    }

    private static void growing(boolean allowed) {
        CLUSTER.kubectl("patch", "storageclass", CLASS, "-p", "{\"allowVolumeExpansion\":" + allowed + "}");
    }

    private static void assertRefused(String size, String... reasons) {
        var before = versions();
        var refused = CLUSTER.tryApply(sizes(size));
        assertNotEquals(0, refused.exitCode(), refused.output());
        IntStream.range(0, reasons.length)
                .forEach(index -> assertTrue(refused.output().contains(reasons[index]), refused.output()));
        assertEquals(before, versions());
    }

    private static String versions() {
        return CLUSTER.kubectl(
                "get", "configmap,secret,service,pvc,statefulset,job",
                "-o",
                        "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.spec} {.data}{\"\\n\"}{end}");
    }
}
