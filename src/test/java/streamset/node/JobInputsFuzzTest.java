package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;
import streamset.features.DeclaredDatabase;
import streamset.features.DeclaredDatabases;
import streamset.fuzz.Fuzz;
import streamset.fuzz.HostileText;
import streamset.problems.BadInput;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Jobs get from people (names of databases and roles, passwords) reaches the server as it was written, or is refused. None of it is
 * executed by a shell, by psql or by the server.
 */
@Tag("server")
class JobInputsFuzzTest {
    private static final int NAMES = 1_000; // of databases that one Job gets; its environment takes 128 KiB
    private static final int ONE_PASSWORD_IN = 100; // cases; each is hashed thousands of times, and tried
    private static final int ONE_DATABASE_IN = 1_000; // cases; making one takes a server longest

    /** As the Job for databases begins, in a folder where it would be seen what something executes. */
    private static final String HEAD =
            Machine.read(Path.of("src/main/bash/jobs/databases.sh")).split("main\\(\\) \\{")[0] + "cd \"$TMPDIR\"\n";

    /** The server tells the declared names, each as its bytes. */
    private static final String TELL_NAMES = HEAD + """
            read_topology
            read_databases
            in_database postgres "${HOSTS[0]}" <<SQL || fail "$(complaint)"
            SELECT encode(convert_to(name, 'UTF8'), 'hex') || ' ' || owner
              FROM (VALUES $(declared_rows)) AS declared(name, owner);
            SQL
            printf 'names\\n'
            answer
            """;

    /** The functions of the Jobs write what psql reads, and one psql reads it all. Then each role logs in. */
    private static final String SET_PASSWORDS = HEAD + """
            read_topology
            read_databases
            declared=("${ROLES[@]}")
            ROLES=()
            for role in "${declared[@]}"; do
              (ROLES=("$role"); check_passwords >/dev/null 3>&1) || { printf 'refused %s\\n' "$role"; continue; }
              ROLES+=("$role")
            done
            in_database() { cat; }
            make_roles nowhere >"$TMPDIR/statements"
            run superuser_of postgres "${HOSTS[0]}" <"$TMPDIR/statements"
            for role in "${ROLES[@]}"; do
              PGPASSWORD=$(password "$role") psql -X -A -t -w -U "$role" -h "${HOSTS[0]}" -p "$(server_port)" -d postgres \\
                -c "SELECT 'logged in ' || current_user"
            done
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    @AutoClose
    private final Pods pods = Pods.of(1);

    private final Pod primary =
            pods.get(0).hba("host all all all scram-sha-256\n").withDatabases();
    private final Fuzz fuzz = new Fuzz();
    private final Random random = fuzz.random(0);
    private final HostileText hostile = new HostileText(random);

    @Test
    void areStoredOrRefusedAndNeverExecuted() throws SQLException {
        primary.initAndStart();
        primary.ask("CREATE ROLE bait");
        pods.addScript("jobs/tell_names.sh", TELL_NAMES);
        pods.addScript("jobs/set_passwords.sh", SET_PASSWORDS);
        int cases = fuzz.cases();
        for (int done = 0; done < cases; done += NAMES) {
            int count = Math.min(NAMES, cases - done);
            assertNamesArrive(names(count));
            assertPasswordsAreSet(Math.max(1, count / ONE_PASSWORD_IN));
            assertDatabasesAreMade(declarable(Math.max(1, count / ONE_DATABASE_IN)));
            assertNothingWasExecuted();
        }
    }

    private List<String> names(int count) {
        var names = new LinkedHashSet<String>();
        while (names.size() < count) {
            // what no environment and no line of it can hold
            var name = hostile.line(5).replaceAll("[\n\0]", "");
            names.add(name.substring(
                    0, name.offsetByCodePoints(0, Math.min(60, name.codePointCount(0, name.length())))));
        }
        return List.copyOf(names);
    }

    /** Also those that the program refuses: the scripts do not rely on that. */
    private void assertNamesArrive(List<String> names) {
        declare(names.stream()
                .map(name -> new DeclaredDatabase(name, "owner", List.of(), List.of()))
                .toList());
        var told = pods.job("tell_names.sh").mustSucceed().output().lines().toList();
        var expected = names.stream()
                .map(name -> HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)) + " owner")
                .toList();
        assertEquals(expected, told.subList(told.indexOf("names") + 1, told.size()), fuzz.again());
    }

    private void assertPasswordsAreSet(int count) throws SQLException {
        var databases = new ArrayList<DeclaredDatabase>();
        for (int i = 0; i < count; i++) {
            var role = List.of("-r", "R.", "user_", "x", "1").get(random.nextInt(5)) + i;
            pods.password(role, hostile.text(5).replace("\0", ""));
            databases.add(new DeclaredDatabase("orders", role, List.of(), List.of()));
        }
        declare(databases);
        var said = pods.job("set_passwords.sh").mustSucceed().output().lines().toList();
        assertFalse(primary.accepts(databases.get(0).owner(), "another one"), fuzz::again);
        for (var database : databases) {
            var role = database.owner();
            var password = pods.password(role).replaceFirst("\n+$", ""); // as a shell reads a file
            boolean usable = !password.isEmpty() && !password.matches("(?s).*[\r\n].*");
            assertEquals(!usable, said.contains("refused " + role), () -> role + ": " + password + fuzz.again());
            if (usable) {
                assertTrue(said.contains("logged in " + role), () -> role + ": " + password + said + fuzz.again());
                primary.ask("DROP ROLE \"" + role + "\"");
            }
        }
    }

    /** Names that a stack can declare; of the others it says what is wrong. */
    private List<String> declarable(int count) {
        return Stream.generate(() -> names(1).get(0))
                .filter(this::isDeclarable)
                .distinct()
                .limit(count)
                .toList();
    }

    private boolean isDeclarable(String name) {
        try {
            var object = JSON.createObjectNode();
            object.putObject(name).put("owner", "owner");
            StackDraft.minimal()
                    .with("databases", JSON.writeValueAsString(object))
                    .config();
            return true;
        } catch (BadInput e) {
            assertTrue(
                    e.problems().stream()
                            .allMatch(problem -> problem.subject().startsWith("streamset:databases")
                                    && !problem.reason().isBlank()
                                    && !problem.fix().isBlank()),
                    () -> e + "\n" + fuzz.again());
            return false;
        }
    }

    private void assertDatabasesAreMade(List<String> names) {
        pods.password("owner", "owner-secret");
        declare(names.stream()
                .map(name -> new DeclaredDatabase(name, "owner", List.of(), List.of()))
                .toList());
        pods.job("databases.sh").mustSucceed();
        for (String name : names) {
            var literal = "'" + name.replace("'", "''") + "'";
            assertEquals("1", primary.ask("SELECT count(*) FROM pg_database WHERE datname = " + literal), fuzz::again);
            primary.ask("DROP DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        }
    }

    private void assertNothingWasExecuted() {
        assertEquals(
                "bait owner postgres",
                primary.ask(
                        "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname !~ '^(pg_|streamset$)'"),
                fuzz::again);
        var canaries = Machine.run("find", pods.folder().toString(), "-name", HostileText.CANARY + "*");
        assertEquals("", canaries, fuzz.again());
        assertEquals(
                List.of(),
                Machine.names(Path.of("")).stream()
                        .filter(name -> name.startsWith(HostileText.CANARY))
                        .toList());
    }

    private void declare(List<DeclaredDatabase> databases) {
        var declared = new DeclaredDatabases(databases, Map.of());
        pods.environment(Map.of(DeclaredDatabases.VARIABLE, declared.text(), "PASSWORDS_SECRET", "passwords"));
    }
}
