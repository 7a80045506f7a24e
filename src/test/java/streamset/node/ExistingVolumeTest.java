package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class ExistingVolumeTest {
    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    private static void assertStopsSaying(Container init, String fact, String remedy) {
        assertEquals(1, init.exitCode(), init.output());
        assertEquals(List.of(fact, "what to do: " + remedy), init.said());
    }

    @Test
    void aVolumeWithDataIsKeptBesideALivingCluster() {
        var server = primary.withDataOfAPrimary().start();
        standby.initAndStart();
        var system = primary.controlData("Database system identifier");
        server.kill();

        primary.initAndStart();

        assertEquals(system, primary.controlData("Database system identifier"));
        primary.awaitStandby(standby);
    }

    @Test
    void aPrimarysDataOnAnotherNodeThanTheDeclaredPrimaryAreReadOnly() {
        standby.withDataOfAPrimary();

        var init = standby.init().mustSucceed();
        standby.start();

        assertEquals(
                List.of("was the primary, but db-0.db-svc is declared: read-only, to hand over to it"), init.said());
        assertEquals("t", standby.ask("SELECT pg_is_in_recovery()"));
    }

    @Nested
    class OfAnotherDatabase {
        /** As if the volumes of two clusters had been swapped. */
        private void giveTheStandbyADatabaseOfItsOwn() {
            pods.primary(1);
            standby.init().mustSucceed();
            pods.primary(0);
        }

        private String fact() {
            return "the data here belong to another database (system identifier "
                    + standby.controlData("Database system identifier") + ") than those of db-0.db-svc ("
                    + primary.controlData("Database system identifier") + "): neither used nor deleted";
        }

        private static final String REMEDY = "give this pod its own volume back; if you do not need these data:"
                + " kubectl delete pvc data-db-1 --wait=false && kubectl delete pod db-1";

        @Test
        void aStandbyStopsBesideItsPrimary() {
            primary.withDataOfAPrimary().start();
            giveTheStandbyADatabaseOfItsOwnWhile(primary);
            Machine.run("touch", standby.data.resolve("standby.signal").toString());
            Machine.write(
                    standby.data.resolve("postgresql.auto.conf"), "primary_conninfo = 'host=db-0.db-svc port=1'\n");

            assertStopsSaying(standby.init(), fact(), REMEDY);
        }

        @Test
        void aPrimaryStopsBesideItsStandby() {
            pods.primary(1);
            var former = standby.initAndStart();
            former.awaitSaying("role streamset has what nodes need of each other from now on");
            former.kill();
            pods.primary(0);
            primary.withDataOfAPrimary();
            standby.initAndStart(); // read-only, as another is declared

            var init = primary.init();
            assertEquals(1, init.exitCode(), init.output());
            assertEquals(
                    "the data here belong to another database (system identifier "
                            + primary.controlData("Database system identifier") + ") than those of db-1.db-svc ("
                            + standby.controlData("Database system identifier") + "): neither used nor deleted",
                    init.said().get(0));
        }

        private void giveTheStandbyADatabaseOfItsOwnWhile(Pod server) {
            pods.redirect(server, "127.0.1.99"); // else no new database is created beside a running cluster
            giveTheStandbyADatabaseOfItsOwn();
            pods.redirect(server, server.address);
        }
    }

    @Nested
    class WithFilesButNoDatabase {
        private void assertNeitherUsedNorDeleted(Pod pod) {
            var before = Machine.names(pod.data);

            assertStopsSaying(
                    pod.init(),
                    pod.data + " has files but no database in it (no PG_VERSION or no global/pg_control):"
                            + " neither used nor deleted",
                    "save the files that you need, then give this pod an empty volume:" + " kubectl delete pvc data-"
                            + pod.name + " --wait=false && kubectl delete pod " + pod.name);
            assertEquals(before, Machine.names(pod.data));
            assertEquals(List.of("pgdata"), Machine.names(pod.volume));
        }

        @Test
        void thePrimaryStops() {
            Machine.write(primary.data.resolve("letter.txt"), "from somebody");
            assertNeitherUsedNorDeleted(primary);
        }

        @Test
        void aStandbyStopsThoughItCouldClone() {
            primary.withDataOfAPrimary().start();
            Machine.write(standby.data.resolve(".hidden"), "from somebody");
            assertNeitherUsedNorDeleted(standby);
        }

        @Test
        void aDatabaseWithoutItsControlFileIsNotTakenForEmpty() {
            primary.withDataOfAPrimary();
            Machine.run("rm", primary.data.resolve("global/pg_control").toString());
            assertNeitherUsedNorDeleted(primary);
        }

        @Test
        void aDatabaseWithAnEmptyVersionFileIsNotTakenForEmpty() {
            primary.withDataOfAPrimary();
            Machine.write(primary.data.resolve("PG_VERSION"), "");
            assertNeitherUsedNorDeleted(primary);
        }
    }

    @Nested
    class EmptyOnTheDeclaredPrimaryOfALivingCluster {
        private static final String FACT = "this volume is empty, but db-1.db-svc has a server:"
                + " no new database is created beside a running cluster";
        private static final String REMEDY =
                "restore this node's volume, or declare it lost and a node that has the data"
                        + " primary: pulumi config set streamset:primary <ordinal>"
                        + " && pulumi config set --path 'streamset:lost[0]' 0 && pulumi up";

        private void assertStaysEmpty() {
            assertStopsSaying(primary.init(), FACT, REMEDY);
            assertEquals(List.of(), Machine.names(primary.volume));
        }

        private void loseThePrimary(Container server) {
            server.kill();
            Machine.run("rm", "-r", primary.data.toString());
        }

        @Test
        void itStopsBesideAServerThatAccepts() {
            var server = primary.withDataOfAPrimary().start();
            standby.initAndStart();
            loseThePrimary(server);

            assertStaysEmpty();
        }

        @Test
        void itStopsBesideAServerThatIsStartingUp() {
            var server = primary.withDataOfAPrimary().start();
            standby.init().mustSucceed();
            // as long as a standby has not recovered far enough, it rejects; this one does for ever
            var starting = standby.conf("hot_standby = off\n").startWithoutWaiting();
            Await.until("the standby rejects", () -> starting.output().contains("started streaming"), starting::output);
            loseThePrimary(server);

            assertStaysEmpty();
        }

        @Test
        void itStopsBesideAServerThatAnswersOnlyAfterAWhile() throws IOException {
            var server = primary.withDataOfAPrimary().start();
            standby.initAndStart();
            loseThePrimary(server);
            try (var gate = Gate.to(standby, pods.port(), 0)) {
                pods.redirect(standby, Gate.ADDRESS);
                var init = primary.init();
                Await.until("a question without an answer", gate::wasUsed, init::output);
                pods.redirect(standby, standby.address);

                assertStopsSaying(init, FACT, REMEDY);
            }
            assertEquals(List.of(), Machine.names(primary.volume));
        }
    }
}
