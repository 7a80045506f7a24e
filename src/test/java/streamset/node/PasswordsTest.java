package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The node that writes sets the passwords of the cluster's own roles when the Secret changes; no Job runs here. */
@Tag("server")
class PasswordsTest {
    private static final String POSTGRES_SET = "role postgres has the declared password from now on";
    private static final String REPLICATOR_SET = "role replicator has the declared password from now on";
    private static final String VERIFIERS =
            "SELECT string_agg(rolpassword, ' ' ORDER BY rolname) FROM pg_authid WHERE rolname IN ('postgres', 'replicator')";
    private static final String STREAM = "SELECT pid || ' ' || backend_start FROM pg_stat_replication";

    /** What quoting can go wrong with, in the shell, in SQL, in psql, in connection strings and in a passfile. */
    private static final String DIFFICULT = " it's \\a \\\\ \"$HOME\" `id` %s :b :'c' #=; \t pässwörd € ";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    @Test
    void bothAreSetWithoutAnUpdateAndNoStreamEnds() {
        var server = primary.withDataOfAPrimary().start();
        standby.initAndStart();
        primary.awaitStandby(standby);
        var stream = primary.ask(STREAM);

        pods.password("postgres", "second");
        pods.password("replicator", "second-of-replicator");
        server.awaitSaying(POSTGRES_SET).awaitSaying(REPLICATOR_SET);

        assertTrue(primary.accepts("postgres", "second"));
        assertFalse(primary.accepts("postgres", "postgres-secret"));
        assertTrue(primary.accepts("replicator", "second-of-replicator"));
        assertFalse(primary.accepts("replicator", "replicator-secret"));
        assertEquals(stream, primary.ask(STREAM));
    }

    @Test
    void whatFitsStaysAsItIsAtAStartAndWhenOnlyTheOtherChanges() {
        var server = primary.withDataOfAPrimary().start();
        pods.password("replicator", "second"); // shows that the node has looked
        server.awaitSaying(REPLICATOR_SET);
        var verifiers = primary.ask(VERIFIERS).split(" ");
        assertFalse(server.said().contains(POSTGRES_SET), server::output);
        server.interrupt();

        var again = primary.start();
        pods.password("replicator", "third");
        again.awaitSaying(REPLICATOR_SET);

        assertEquals(verifiers[0], primary.ask(VERIFIERS).split(" ")[0]);
        assertFalse(again.said().contains(POSTGRES_SET), again::output);
    }

    @Test
    void aSecretThatChangedWhileNoServerRanIsTakenAtTheStart() {
        primary.withDataOfAPrimary();
        pods.password("postgres", "second");
        pods.password("replicator", "second-of-replicator");

        primary.start().awaitSaying(POSTGRES_SET);

        assertTrue(primary.accepts("postgres", "second"));
        assertTrue(primary.accepts("replicator", "second-of-replicator"));
    }

    @Test
    void theLastOfManyChangesCounts() {
        var server = primary.withDataOfAPrimary().start();

        for (int change = 1; change <= 20; change++) {
            pods.password("postgres", "change " + change);
        }

        server.awaitSaying(POSTGRES_SET);
        Await.until("the last one", () -> primary.accepts("postgres", "change 20"), server::output);
    }

    @Test
    void aStandbySetsThemOnlyWhenItIsPromoted() {
        primary.withDataOfAPrimary();
        pods.secretSleeps(primary);
        primary.start();
        var next = standby.initAndStart();
        primary.awaitStandby(standby);
        pods.password("postgres", "second");

        pods.primary(1);
        next.awaitSaying(POSTGRES_SET);
        pods.secretArrives(primary);
        assertTrue(standby.accepts("postgres", "second"));
        standby.awaitStandby(primary);
    }

    @Test
    void difficultPasswordsAreSetAndAreInNoLogAndInNoArgument() {
        var server = primary.withDataOfAPrimary().conf(Pod.LOG_EVERYTHING).start();
        var arguments = new TreeSet<String>();

        pods.password("replicator", DIFFICULT + "2");
        pods.password("postgres", DIFFICULT + "1");
        Await.until(
                "both are set",
                () -> {
                    arguments.addAll(argumentsOfAll());
                    return server.said().containsAll(List.of(POSTGRES_SET, REPLICATOR_SET));
                },
                server::output);

        assertTrue(primary.accepts("postgres", DIFFICULT + "1"));
        assertTrue(primary.accepts("replicator", DIFFICULT + "2"));
        assertFalse(primary.accepts("postgres", "postgres-secret"));
        primary.ask("SELECT 'other statements are logged'");
        assertTrue(server.output().contains("SELECT 'other statements are logged'"));
        for (String secret : List.of("pässwörd", "SCRAM-SHA-256$")) {
            assertFalse(server.output().contains(secret));
            assertEquals(
                    List.of(),
                    arguments.stream().filter(line -> line.contains(secret)).toList());
        }
        assertTrue(arguments.stream().anyMatch(line -> line.contains("psql -X")), "no psql was seen");
    }

    private static Set<String> argumentsOfAll() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(process -> process.resolve("cmdline"))
                    .map(PasswordsTest::readIfItIsThere)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String readIfItIsThere(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return ""; // the process has ended
        }
    }

    @Test
    void aVeryLongPasswordIsSet() {
        var server = primary.withDataOfAPrimary().start();
        var secret = "it's long ".repeat(500) + "end";

        pods.password("postgres", secret);
        server.awaitSaying(POSTGRES_SET);

        assertTrue(primary.accepts("postgres", secret));
        assertFalse(primary.accepts("postgres", secret.substring(1)));
    }

    /** Bytes that are no text: libpq takes them as they are. */
    @Test
    void aPasswordThatIsNoTextIsSet() throws IOException {
        var server = primary.withDataOfAPrimary().start();
        var bytes = new byte[] {'a', (byte) 0xff, (byte) 0xfe, 'z'};

        Files.write(pods.folder().resolve("new-password"), bytes);
        Machine.run("mv", pods.folder().resolve("new-password").toString(), pods.secretOfNodes() + "/replicator");
        server.awaitSaying(REPLICATOR_SET);

        assertFalse(primary.accepts("replicator", "replicator-secret"));
        standby.initAndStart(); // clones with it, and streams
        primary.awaitStandby(standby);
    }

    @Test
    void anEmptyPasswordAndOneOfTwoLinesAreSaidOnceAndNotSetWhileTheOtherIs() throws InterruptedException {
        var server = primary.withDataOfAPrimary().start();
        var copy = standby.initAndStart();
        primary.awaitStandby(standby);

        pods.password("replicator", "one\ntwo");
        Await.until("a complaint", () -> complaints(server) == 1, server::output);
        pods.password("replicator", "");
        pods.password("postgres", "second");
        server.awaitSaying(POSTGRES_SET);

        assertTrue(primary.accepts("replicator", "replicator-secret"));
        assertEquals(1, complaints(server));
        assertFalse(copy.output().contains("the password of replicator has changed"), copy::output);
        pods.password("replicator", "third");
        server.awaitSaying(REPLICATOR_SET);
    }

    private static long complaints(Container server) {
        return server.said().stream()
                .filter(
                        "the password of replicator in the Secret is empty, or has more than one line: it is not set"
                                ::equals)
                .count();
    }

    /** A standby that would have to confirm the commit is away, and meanwhile somebody holds a lock. */
    @Test
    void neitherALockNorAMissingSynchronousStandbyHoldsUpTheNode() throws SQLException {
        var server = primary.withDataOfAPrimary()
                .conf("synchronous_standby_names = 'nobody'")
                .start();
        try (var holder = primary.connect("postgres", pods.password("postgres"));
                var lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE pg_authid IN SHARE MODE");
            pods.password("postgres", "second");
            server.awaitSaying(
                    "the passwords of postgres replicator, or the role streamset, cannot be set here, and are tried again:"
                            + " ERROR:  canceling statement due to lock timeout");
            primary.revision("meanwhile");
            pods.revision("meanwhile");
            Await.until(
                    "the node adopts conf files meanwhile",
                    () -> Machine.read(primary.etc.resolve("postgresql.conf")).contains("'meanwhile'"));
            holder.rollback();
        }

        server.awaitSaying(POSTGRES_SET);
        assertTrue(primary.accepts("postgres", "second"));
    }

    /** A look at sessions shows a verifier at most. */
    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void everyMajorVersionGetsAVerifierOnly(Programs programs) throws SQLException {
        try (var own = Pods.of(1, programs)) {
            var pod = own.get(0).conf(Pod.LOG_EVERYTHING);
            var server = pod.initAndStart();
            pod.ask("CREATE ROLE guest LOGIN PASSWORD 'guest-secret' IN ROLE pg_monitor");
            String statement;
            try (var looker = pod.connect("guest", "guest-secret");
                    var holder = pod.connect("postgres", own.password("postgres"));
                    var lock = holder.createStatement()) {
                holder.setAutoCommit(false);
                lock.execute("LOCK TABLE pg_authid IN SHARE MODE");
                own.password("postgres", "never-sent");
                var seen = new AtomicReference<>("");
                Await.until(
                        "the statement that waits",
                        () -> !seen.updateAndGet(last -> waiting(looker)).isEmpty(),
                        server::output);
                statement = seen.get();
                holder.rollback();
            }
            server.awaitSaying(POSTGRES_SET);

            assertTrue(
                    statement.matches("ALTER USER \"?postgres\"? PASSWORD 'SCRAM-SHA-256\\$4096:[^']*';?"), statement);
            assertTrue(pod.accepts("postgres", "never-sent"));
            for (String secret : List.of("never-sent", "SCRAM-SHA-256$")) {
                assertFalse(server.output().contains(secret));
            }
        }
    }

    private static String waiting(Connection looker) {
        try (var rows = looker.createStatement()
                .executeQuery("SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
