package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/**
 * Real servers, the oldest, the newest and the first with regular expressions, decide by the line that the program says.
 *
 * <p>A server tells the method only. So each file is given to it twice, the lines numbered by methods: the first time by
 * the lower digit of a line's number, the second time by the higher.
 */
class HbaDecisionTest {
    /** The digits: what a client can tell apart. */
    private static final List<HbaMethod> DIGITS =
            List.of(HbaMethod.TRUST, HbaMethod.PASSWORD, HbaMethod.SCRAM_SHA_256, HbaMethod.REJECT);

    /** Asks the server which of its files it has read; it is in no file of the table. */
    private static final String OBSERVER = "host postgres observer 127.0.0.1/32 trust\n";

    private static final Duration PATIENCE = Duration.ofSeconds(60); // on a machine that is busy
    private static final String CONF = """
            hba_file = '/etc/postgresql/pg_hba.conf'
            ssl = on
            ssl_key_file = '/etc/postgresql/server.key'
            ssl_cert_file = '/etc/postgresql/server.crt'
            listen_addresses = '*'
            """;

    /** Lines without their methods. */
    private static final List<List<String>> FILES = List.of(
            List.of(
                    "local all all",
                    "host all postgres 127.0.0.1/32",
                    "host replication all 127.0.0.0/8",
                    "host all all ::1/128",
                    "host all all 127.0.0.5 255.255.255.255",
                    "hostssl all all all",
                    "hostnossl all bob all",
                    "host all,replication all samenet"),
            List.of(
                    "local sameuser all",
                    "local \"replication\" all",
                    "local replication alice,postgres",
                    "local all \"all\"",
                    "local \"all\" alice",
                    "local team,alice bob",
                    "host sameuser alice samehost",
                    "host replication bob samehost",
                    "host \"replication\" bob samenet",
                    "host team,alice bob,alice 127.0.0.4/30",
                    "hostnogssenc all postgres localhost",
                    "host all postgres ::/0",
                    "host all all 0.0.0.0/0"),
            List.of(
                    "hostgssenc all all all",
                    "hostnossl samerole alice all",
                    "host all +team 127.0.0.1/32",
                    "host samegroup all 127.0.0.0/8",
                    "host all +alice all",
                    "local samerole all",
                    "local replication +team",
                    "local all +bob",
                    "local all +no_such_role"),
            List.of(
                    "host all all 127.0.0.5 255.0.0.255",
                    "host all,replication alice 127.0.0.1 0.0.0.254",
                    "host all,replication all ::1 ::ffff",
                    "host all all ::ffff:127.0.0.0/104",
                    "host all all 127.0.0.5/+31",
                    "host \"\" all all",
                    "host all \"\" all",
                    "local \\\n all \"po\"stgres",
                    "local te\"a\"m al\"ice\"",
                    "local all,replication bob,,alice"));

    /** From 16 on. */
    private static final List<String> FILE_WITH_EXPRESSIONS = List.of(
            "local /^te all",
            "local \"/^(alice|bob)$\" /o",
            "local /^replication$ all",
            "host /[rs]$ /^postgres$ samehost",
            "host /^a.*e$ /^[^b] 127.0.0.1/32",
            "host all /^.{3}$ 127.0.0.4/30",
            "host all,replication /(?!.*li) all",
            "host all,replication +/team all",
            "host /,replication \"/\\w+\" all");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @param address of the client; empty for the socket */
    private record Attempt(HbaQuestion question, String address) {}

    private static final List<Attempt> ATTEMPTS = Stream.of("postgres", "alice", "bob")
            .flatMap(user -> Stream.of("team", "alice", "replication", "")
                    .flatMap(database -> attempts(Optional.of(database).filter(name -> !name.isEmpty()), user)))
            .toList();

    private static Stream<Attempt> attempts(Optional<String> database, String user) {
        var local = new HbaQuestion(HbaConnection.LOCAL, new HbaClient.Socket(), database, user);
        return Stream.concat(
                Stream.of(new Attempt(local, "")),
                Stream.of("127.0.0.1", "127.0.0.5", "::1", "127.0.0.1 with TLS").map(from -> {
                    var address = from.replace(" with TLS", "");
                    var connection = from.equals(address) ? HbaConnection.PLAIN : HbaConnection.SSL;
                    var client = new HbaClient.Address(IpAddress.parse(address).orElseThrow());
                    return new Attempt(new HbaQuestion(connection, client, database, user), address);
                }));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 16, 18}) // 16 brought regular expressions
    void isTheServersOwn(int major) throws Exception {
        var postgres = RealPostgres.install(major, folder);
        postgres.writeSecret("server.key", Certificate.KEY);
        Files.writeString(postgres.confFile("server.crt"), Certificate.PEM);
        var properties = new HbaServer(major, true, List.of());
        var files = Stream.concat(
                        FILES.stream(),
                        properties.hasRegularExpressions() ? Stream.of(FILE_WITH_EXPRESSIONS) : Stream.of())
                .toList();
        try (var server = postgres.start(CONF, OBSERVER + "host all all all trust\n")) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE ROLE team; CREATE USER observer; CREATE USER bob");
                statement.execute("CREATE USER alice IN ROLE team");
            }
            int round = 0;
            for (var lines : files) {
                var low = answers(postgres, server, numbered(lines, 1), ++round);
                var high = answers(postgres, server, numbered(lines, DIGITS.size()), ++round);
                var file = file(numbered(lines, 1), properties);
                for (var attempt : ATTEMPTS) {
                    assertDecides(attempt, file, number(low.get(attempt), high.get(attempt)));
                }
            }
        }
    }

    /** The lines with the method that stands for one digit of their number. */
    private static String numbered(List<String> lines, int unit) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> lines.get(i) + " "
                        + DIGITS.get(i / unit % DIGITS.size()).word() + "\n")
                .collect(Collectors.joining("", OBSERVER, ""));
    }

    private static Map<Attempt, Optional<HbaMethod>> answers(
            RealPostgres postgres, RealPostgres.Server server, String pgHbaConf, int round) throws Exception {
        Files.writeString(postgres.confFile("pg_hba.conf"), pgHbaConf);
        Files.writeString(
                postgres.confFile("postgresql.conf"), postgres.here(CONF + "streamset.round = " + round + "\n"));
        server.reload();
        awaitRound(server, Integer.toString(round));
        var answers = new HashMap<Attempt, Optional<HbaMethod>>();
        for (var attempt : ATTEMPTS) {
            answers.put(attempt, LoginAttempt.method(server, attempt.question(), attempt.address()));
        }
        return answers;
    }

    private static void awaitRound(RealPostgres.Server server, String round) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var found = "";
        while (!found.equals(round)) {
            assertTrue(System.nanoTime() < end, "the server does not read its files again");
            try (var connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port()
                            + "/postgres?user=observer&sslmode=disable");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT current_setting('streamset.round', true)")) {
                rows.next();
                found = rows.getString(1) == null ? "" : rows.getString(1);
            }
        }
    }

    /** The number that both digits make; empty when no line has decided. */
    private static Optional<Integer> number(Optional<HbaMethod> low, Optional<HbaMethod> high) {
        assertEquals(low.isPresent(), high.isPresent());
        return low.map(method -> DIGITS.indexOf(method) + DIGITS.size() * DIGITS.indexOf(high.orElseThrow()));
    }

    private static HbaFile file(String text, HbaServer server) {
        var problems = new Problems();
        var file = HbaFile.parse(new SourceFile("pg_hba.conf", text), server, problems);
        problems.throwIfAny();
        return file;
    }

    private static void assertDecides(Attempt attempt, HbaFile file, Optional<Integer> number) {
        var rules = file.rules();
        var observed = number.map(index -> rules.get(index + 1)); // the first is the observer's
        var decision = file.decides(attempt.question());
        var message = attempt + ": the server decides by "
                + observed.map(rule -> rule.line().shown());
        if (decision.possible().isEmpty()) {
            assertEquals(decision.certain(), observed, message);
        } else {
            assertTrue(decision.outcomes().anyMatch(observed::equals), () -> message + ", not one of " + decision);
            assertTrue(
                    decision.possible().stream().allMatch(rule -> dependsOnMembers(rule) || dependsOnNames(rule)),
                    message);
        }
        if (attempt.question().user().equals("postgres")) { // a superuser is no member of roles that nobody granted it
            assertTrue(
                    observed.filter(decision.possible()::contains)
                            .filter(HbaDecisionTest::dependsOnMembers)
                            .isEmpty(),
                    message);
        }
    }

    private static boolean dependsOnMembers(HbaRule rule) {
        return rule.line().raw().matches("(?s).*( \\+|samerole|samegroup).*");
    }

    private static boolean dependsOnNames(HbaRule rule) {
        return rule.line().raw().contains("localhost"); // /etc/hosts says whose name it is
    }
}
