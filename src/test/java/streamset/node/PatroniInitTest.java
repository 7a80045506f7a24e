package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the init container of an automatic failover does with a volume, before anybody leads. */
@Tag("server")
class PatroniInitTest {
    private final PatroniPods cluster = PatroniPods.of(3);
    private final Pod pod = cluster.get(0);

    @AfterEach
    void end() {
        cluster.close();
    }

    private Path beside(String suffix) {
        return pod.volume.resolve("pgdata" + suffix);
    }

    @Test
    void removesWhatInterruptedOperationsHaveLeft() {
        Machine.write(beside(".clone").resolve("PG_VERSION"), "15");
        Machine.write(beside(".initdb").resolve("PG_VERSION"), "15");
        pod.withDataOfAPrimary();
        Machine.write(beside(".worthless"), "");
        Machine.give(pod.volume);
        var init = cluster.init(0);
        init.awaitSaying("the data here are incomplete, and another node has them: deleted");
        init.awaitSaying("waiting for all nodes: db-1 db-2 must answer before anybody leads for the first time");
        assertFalse(Files.exists(beside(".clone")));
        assertFalse(Files.exists(beside(".initdb")));
        assertFalse(Files.exists(beside(".worthless")));
        assertFalse(Files.exists(pod.data));
    }

    @Test
    void neverTouchesFilesThatItDoesNotKnow() {
        Machine.write(pod.data.resolve("base/1/1"), "somebody's");
        Machine.give(pod.volume);
        var init = cluster.init(0);
        assertEquals(1, init.exitCode(), init::output);
        assertTrue(init.output().contains("has files but no database in it"), init::output);
        assertEquals("somebody's", Machine.read(pod.data.resolve("base/1/1")));
    }

    @Test
    void refusesDataWithAnotherSegmentSize() {
        pod.withDataOfAPrimary().segmentMegabytes(64);
        var init = cluster.init(0);
        assertEquals(1, init.exitCode(), init::output);
        assertTrue(init.output().contains("have WAL segments of 16 MB, but the stack declares 64 MB"), init::output);
    }

    @Test
    void refusesDataOfAnotherDatabase() {
        var other = cluster.get(1);
        cluster.pods.primary(1);
        other.init().mustSucceed(); // a database of its own, by the other engine
        cluster.pods.primary(0);
        pod.withDataOfAPrimary();
        var inits = List.of(cluster.init(0), cluster.init(1));
        // Each asks the other: the first to hear of foreign data ends, and the other may then hear from nobody.
        Await.until(
                "one of both ends",
                () -> inits.stream().anyMatch(init -> !init.isRunning()),
                () -> inits.get(0).output() + inits.get(1).output());
        for (var init : inits) {
            assertTrue(
                    init.isRunning() || init.exitCode() == 1 && init.output().contains("belong to another database"),
                    init::output);
        }
        assertTrue(Files.exists(pod.data.resolve("PG_VERSION")));
        assertTrue(Files.exists(other.data.resolve("PG_VERSION")));
    }

    /** The way back was begun, and given up before any server of the other engine had run. */
    @Test
    void takesBackWhatTheOtherEngineHasBegun() {
        pod.withDataOfAPrimary();
        Machine.write(pod.data.resolve("postmaster.opts"), "/usr/bin/postgres \"-D\" \"x\" \"--config-file=x\"\n");
        Machine.give(pod.volume);
        var declared = pod.init();
        declared.mustSucceed();
        assertTrue(declared.output().contains("was a primary of Patroni: read-only"), declared::output);
        assertTrue(Files.exists(pod.data.resolve("standby.signal")));
        pod.init().mustSucceed(); // interrupted and repeated: still a primary's
        assertEquals("primary\n", Machine.read(pod.data.resolve("streamset.unsettled")));

        var init = cluster.init(0);
        init.awaitSaying("the other engine has run no server on the primary's data here: they are a primary's again");
        init.awaitSaying("waiting for the others to answer, at most 10 s");
        assertFalse(Files.exists(pod.data.resolve("standby.signal")));
        assertFalse(Files.exists(pod.data.resolve("streamset.unsettled")));
    }

    @Test
    void createsNothingBesideTheDataOfAStandby() {
        pod.withDataOfAPrimary();
        Machine.write(pod.data.resolve("standby.signal"), "");
        Machine.write(pod.data.resolve("postgresql.auto.conf"), "primary_conninfo = 'host=db-1.db-svc port=1'\n");
        Machine.give(pod.volume);
        var standby = cluster.init(0);
        var empty = cluster.init(1);
        cluster.init(2);
        for (var init : new Container[] {standby, empty}) {
            init.awaitSaying(
                    "no node has the data of the last primary: a standby that leads now may lack what that one has"
                            + " acknowledged");
        }
    }
}
