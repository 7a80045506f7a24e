package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.features.DeclaredDatabase;
import streamset.features.DeclaredDatabases;

/** The node that writes sets the passwords of roles that the Job for databases took, when the Secret changes. */
@Tag("server")
class RolePasswordsTest {
    private static final String READER = "Looks_at.it-2";
    private static final DeclaredDatabase ORDERS = new DeclaredDatabase("orders", "orders", List.of(READER), List.of());
    private static final String POSTGRES_SET = set("postgres");
    private static final String VERIFIERS =
            "SELECT string_agg(rolname || ' ' || rolpassword, ' ' ORDER BY rolname) FROM pg_authid WHERE rolname !~ '^(pg_|replicator)'";
    private static final String OF_ORDERS = "SELECT rolpassword FROM pg_authid WHERE rolname = 'orders'";

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary =
            pods.get(0).hba("host all all all scram-sha-256\n").withDatabases();

    private static String set(String role) {
        return "role " + role + " has the declared password from now on";
    }

    /** A primary for which the Job has run. */
    private Container startWithDatabase() {
        var server = primary.withDataOfAPrimary().start();
        makeDatabase(pods);
        return server;
    }

    private static void makeDatabase(Pods pods) {
        var declared = new DeclaredDatabases(List.of(ORDERS), Map.of());
        pods.environment(Map.of(DeclaredDatabases.VARIABLE, declared.text(), "PASSWORDS_SECRET", "passwords"));
        pods.password("orders", "first");
        pods.password(READER, "first-of-reader");
        pods.job("databases.sh").mustSucceed();
        pods.environment(Map.of());
        pods.roles(READER, "orders");
    }

    /** A change of the superuser's password shows that the node has looked at all others, which it does in the same process. */
    private void awaitLook(Container server) {
        pods.password("postgres", pods.password("postgres") + "+");
        server.awaitSaying(POSTGRES_SET);
        pods.password("replicator", pods.password("replicator") + "+"); // tried only after the attempt before has ended
        server.awaitSaying(set("replicator"));
    }

    @ParameterizedTest
    @MethodSource("streamset.node.SessionSettingsTest#majors")
    void theyFollowTheSecretInEveryMajorVersion(Programs programs) {
        try (var own = Pods.of(1, programs)) {
            var pod = own.get(0)
                    .hba("host all all all scram-sha-256\n")
                    .withDatabases()
                    .conf(Pod.LOG_EVERYTHING);
            var server = pod.initAndStart();
            makeDatabase(own);

            own.password("orders", " it's \\a \"$HOME\" %s :'c' pässwörd ");
            own.password(READER, "second-of-reader");
            server.awaitSaying(set("orders")).awaitSaying(set(READER));

            assertTrue(pod.accepts("orders", " it's \\a \"$HOME\" %s :'c' pässwörd "));
            assertFalse(pod.accepts("orders", "first"));
            assertTrue(pod.accepts(READER, "second-of-reader"));
            for (String secret : List.of("pässwörd", "SCRAM-SHA-256$", "streamset.password", "stretched")) {
                assertFalse(server.output().contains(secret), secret);
            }
        }
    }

    @Test
    void whatTheJobSetIsNotSetAgainAlsoAfterAStartOrAPromotion() {
        var server = startWithDatabase();
        var next = pods.get(1).hba("host all all all scram-sha-256\n").withDatabases();
        var standby = next.initAndStart();
        primary.awaitStandby(next);
        // awaitLook changes that of postgres, from which that of streamset follows
        var verifiers = primary.ask(VERIFIERS).replaceAll("(postgres|streamset) \\S+", "");

        awaitLook(server);
        pods.primary(1);
        next.awaitStandby(primary);
        awaitLook(standby);

        assertEquals(verifiers, next.ask(VERIFIERS).replaceAll("(postgres|streamset) \\S+", ""));
        for (var each : List.of(server, standby)) {
            assertFalse(each.output().contains(set("orders")), each::output);
            assertFalse(each.output().contains("password authentication failed for user \"orders\""), each::output);
        }
    }

    @Test
    void aRoleFollowsTheSecretAlsoWherePgHbaDoesNotLetItIn() {
        primary.hba("host all orders all reject\n");
        var server = startWithDatabase();
        var before = primary.ask(OF_ORDERS);

        pods.password("orders", "second");
        server.awaitSaying(set("orders"));

        assertNotEquals(before, primary.ask(OF_ORDERS));
        assertFalse(server.output().contains("pg_hba.conf rejects"), server::output);
    }

    @Test
    void aPasswordThatWasSetByHandIsReplacedAtTheNextStart() {
        var server = startWithDatabase();
        primary.ask("ALTER ROLE orders PASSWORD 'by-hand'");
        server.interrupt();

        primary.start().awaitSaying(set("orders"));

        assertTrue(primary.accepts("orders", "first"));
    }

    @Test
    void whatTheJobDidNotTakeIsLeftAloneAndNothingIsMade() {
        var server = primary.withDataOfAPrimary().start();
        primary.ask("CREATE ROLE orders LOGIN PASSWORD 'by-hand'");
        pods.password("orders", "declared");
        pods.password("missing", "declared");
        pods.roles("missing", "orders");

        awaitLook(server);

        assertTrue(primary.accepts("orders", "by-hand"));
        assertEquals("0", primary.ask("SELECT count(*) FROM pg_roles WHERE rolname = 'missing'"));
        assertFalse(server.output().contains(set("orders")), server::output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERUSER", "CREATEROLE", "REPLICATION", "BYPASSRLS", "NOLOGIN"})
    void aRoleThatTheJobWouldNotTakeAnyMoreIsLeftAlone(String right) {
        var server = startWithDatabase();
        primary.ask("ALTER ROLE orders " + right);
        var before = primary.ask(OF_ORDERS);

        pods.password("orders", "second");
        pods.password(READER, "second-of-reader");
        server.awaitSaying(set(READER));

        assertEquals(before, primary.ask(OF_ORDERS));
    }

    @Test
    void aRoleThatIsNoLongerDeclaredIsLeftAlone() {
        var server = startWithDatabase();
        pods.roles(READER);

        pods.password("orders", "second");
        pods.password(READER, "second-of-reader");
        server.awaitSaying(set(READER));

        assertTrue(primary.accepts("orders", "first"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roles=\n",
                "roles=orders",
                "roles=orders'\n",
                "roles=orders  b\n",
                "roles=..\n",
                "roles=a/b\n",
                "roles=orders\nroles=b\n",
                "orders\n"
            })
    void aFileOfAnotherFormIsRefusedAndTheLastOneApplies(String text) {
        var server = startWithDatabase();
        pods.password("orders", "second");
        server.awaitSaying(set("orders"));

        pods.writeRoles(text);
        Await.until("a refusal", () -> server.output().contains("/roles is refused: "), server::output);
        pods.password("orders", "third");

        Await.until("the third", () -> primary.accepts("orders", "third"), server::output);
    }

    @Test
    void aMissingKeyIsSaidOnceAndTheOthersAreSet() {
        var server = startWithDatabase();
        pods.roles(READER, "forgotten", "orders");

        pods.password("orders", "second");
        server.awaitSaying(set("orders"));
        pods.password("orders", "third");
        Await.until("the third", () -> primary.accepts("orders", "third"), server::output);

        assertEquals(
                1,
                server.said().stream()
                        .filter(
                                "the password of forgotten in the Secret is empty, or has more than one line: it is not set"
                                        ::equals)
                        .count());
    }
}
