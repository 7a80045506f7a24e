package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All as process 1, for which bash without a trap ignores the signal and Kubernetes kills after 30 s or more. */
@Tag("server")
class EndOnSignalTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int ENDED_BY_SIGTERM = 143;
    private static final String WAITS = "waiting for db-0.db-svc to accept connections";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    private static void assertEndsAtOnce(Container container) {
        var time = container.terminate();
        assertEquals(ENDED_BY_SIGTERM, container.exitCode(), container.output());
        assertTrue(time.compareTo(LIMIT) < 0, "took " + time);
        assertEquals("ended by a signal", container.said().get(container.said().size() - 1));
    }

    @Test
    void initEndsWhileItWaitsForAPrimaryThatIsNotThere() {
        assertEndsAtOnce(standby.init().awaitSaying(WAITS));
    }

    @Test
    void initEndsWhileAPrimaryLeavesItWithoutAnAnswer() throws IOException {
        assertEndsWhileNobodyAnswers(standby::init);
    }

    @Test
    void initEndsWhileItClones() throws IOException {
        primary.withDataOfAPrimary().start();
        try (var gate = Gate.to(primary, pods.port(), 1 << 20)) {
            pods.redirect(primary, Gate.ADDRESS);
            var init = standby.init();
            Await.until("a clone that hangs", gate::isShut, init::output);
            assertEndsAtOnce(init);
            assertEquals(List.of("ended by a signal"), init.said());
        }
    }

    @Test
    void initEndsWhileItAsksForTheSlotOfDataThatAreHere() throws IOException {
        primary.withDataOfAPrimary().start();
        standby.init().mustSucceed();
        assertEndsInTheMiddleOfAnAnswer(standby::init);
    }

    @Test
    void initEndsWhileItMovesWal() {
        primary.withDataOfAPrimary().withWalVolume();
        pods.program("cp", "#!/bin/sh\nexec sleep infinity\n");
        assertEndsAtOnce(primary.init().awaitSaying("moving the WAL to " + primary.wal));
    }

    @Test
    void initEndsWhileItLooksForServersBeforeAFirstStart() throws IOException {
        try (var gate = Gate.to(primary, pods.port(), 0)) {
            pods.redirect(standby, Gate.ADDRESS);
            var init = primary.init();
            Await.until("a question to the standby", gate::wasUsed, init::output);
            assertEndsAtOnce(init);
            assertEquals(List.of(), Machine.names(primary.volume));
        }
    }

    @Test
    void theRoleJobEndsWhileItWaits() {
        assertEndsAtOnce(pods.job("replicator.sh").awaitSaying(WAITS));
    }

    @Test
    void theRoleJobEndsWhileAPrimaryLeavesItWithoutAnAnswer() throws IOException {
        assertEndsWhileNobodyAnswers(() -> pods.job("replicator.sh"));
    }

    @Test
    void theSlotsJobEndsWhileItWaits() {
        assertEndsAtOnce(pods.job("slots.sh").awaitSaying(WAITS));
    }

    @Test
    void theSlotsJobEndsWhileAPrimaryLeavesItWithoutAnAnswer() throws IOException {
        assertEndsWhileNobodyAnswers(() -> pods.job("slots.sh"));
    }

    @Test
    void theReloadJobEndsWhileItWaits() {
        assertEndsAtOnce(pods.job("reload.sh").awaitSaying(WAITS));
    }

    @Test
    void theReloadJobEndsWhileAServerLeavesItWithoutAnAnswer() throws IOException {
        assertEndsWhileNobodyAnswers(() -> pods.job("reload.sh"));
    }

    @Test
    void theRestartedJobEndsWhileItWaits() {
        assertEndsAtOnce(pods.job("restarted.sh").awaitSaying(WAITS));
    }

    @Test
    void theRestartedJobEndsWhileAServerLeavesItWithoutAnAnswer() throws IOException {
        assertEndsWhileNobodyAnswers(() -> pods.job("restarted.sh"));
    }

    @Test
    void theDatabasesJobEndsWhileItWaits() {
        assertEndsAtOnce(databasesJob().awaitSaying(WAITS));
    }

    @Test
    void theDatabasesJobEndsWhileAPrimaryLeavesItWithoutAnAnswer() throws IOException {
        assertEndsWhileNobodyAnswers(this::databasesJob);
    }

    @Test
    void theDatabasesJobEndsInTheMiddleOfAnAnswer() throws IOException {
        primary.withDataOfAPrimary().start();
        assertEndsInTheMiddleOfAnAnswer(this::databasesJob);
    }

    private Container databasesJob() {
        pods.environment(Map.of("DATABASES", "database=orders\nowner=orders"));
        pods.password("orders", "orders-secret");
        return pods.job("databases.sh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicator.sh", "reload.sh", "restarted.sh", "slots.sh"})
    void aJobEndsInTheMiddleOfAnAnswer(String script) throws IOException {
        primary.withDataOfAPrimary().start();
        assertEndsInTheMiddleOfAnAnswer(() -> pods.job(script));
    }

    private void assertEndsInTheMiddleOfAnAnswer(Supplier<Container> script) throws IOException {
        try (var gate = Gate.to(primary, pods.port(), 30)) { // the beginning of an answer is enough for pg_isready
            pods.redirect(primary, Gate.ADDRESS);
            var container = script.get();
            Await.until("an answer that does not end", gate::isShut, container::output);
            assertEndsAtOnce(container);
        }
    }

    private void assertEndsWhileNobodyAnswers(Supplier<Container> script) throws IOException {
        try (var gate = Gate.to(primary, pods.port(), 0)) {
            pods.redirect(primary, Gate.ADDRESS);
            var container = script.get();
            Await.until("a question to the primary", gate::wasUsed, container::output);
            assertEndsAtOnce(container);
        }
    }

    @Test
    void aServerEndsAtOnceWithAFastShutdown() {
        var server = primary.withDataOfAPrimary().start();

        var time = server.interrupt();

        assertTrue(time.compareTo(LIMIT) < 0, "took " + time);
        assertEquals(0, server.exitCode());
        assertEquals("shut down", primary.controlData("Database cluster state"));
    }
}
