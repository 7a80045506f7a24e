package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.AddedLine;
import streamset.conf.RealPostgres;
import streamset.fuzz.Fuzz;
import streamset.fuzz.HostileText;
import streamset.review.LineDiff;

/** The catalogs, and what values of the parameters mean, as the real servers tell them. */
@ParameterizedClass(name = "PostgreSQL {0}")
@ValueSource(ints = {14, 15, 16, 17, 18})
@Tag("server")
class CatalogRealServerTest {
    private static final long SEED = 4;
    private static final int TEXTS = 12; // for each parameter
    private static final int VERSIONS = 5;
    private static final int TEXTS_AT_ONCE = 5_000; // of random ones, in one query
    private static final int FEWEST_TEXTS = 2_000; // of these, so that enough are taken and refused

    /** Not tried within a session: they would end it, belong to its transaction, or tell of its socket. */
    private static final Set<String> NOT_IN_SESSION = Set.of(
            "exit_on_error",
            "tcp_keepalives_count",
            "tcp_keepalives_idle",
            "tcp_keepalives_interval",
            "tcp_user_timeout",
            "transaction_deferrable",
            "transaction_isolation",
            "transaction_read_only");

    /** Not tried in a file: with most of their values the server would not start, or not answer. */
    private static final Set<String> NOT_IN_FILE = Set.of(
            "db_user_namespace", // makes another user of postgres
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "lock_timeout",
            "log_executor_stats", // not beside log_statement_stats
            "log_parser_stats",
            "log_planner_stats",
            "max_wal_size", // at least two segments
            "min_wal_size",
            "post_auth_delay",
            "pre_auth_delay",
            "ssl", // without a certificate
            "statement_timeout",
            "temp_file_limit",
            "transaction_timeout");

    /** Some of their values a server refuses and the catalog takes: nothing is compared by them. */
    private static final Set<String> LEFT_TO_THE_SERVER = Set.of("bonjour", "synchronous_standby_names");

    /** Limited by the machine and by each other, which is left to the server. */
    private static final Map<String, Integer> LEFT_TO_THE_SERVER_ABOVE = Map.of(
            "max_stack_depth", 100,
            "autovacuum_max_workers", 100_000,
            "max_connections", 100_000,
            "max_wal_senders", 100_000,
            "max_worker_processes", 100_000);

    /** A text for a parameter, and what it comes to; empty when it is refused. */
    private record Sample(Parameter parameter, String text, Optional<String> verdict) {
        @Override
        public String toString() {
            return parameter.name() + " = '" + text + "' → " + verdict.orElse("refused");
        }
    }

    private static final Map<Integer, RealPostgres> INSTALLED = new HashMap<>();

    @TempDir
    private static Path folder;

    private final int major;
    private final RealPostgres postgres;
    private final List<Parameter> parameters; // as this server has them, without what the official build adds

    CatalogRealServerTest(int major) throws IOException, InterruptedException {
        this.major = major;
        if (!INSTALLED.containsKey(major)) {
            INSTALLED.put(major, RealPostgres.install(major, folder));
        }
        this.postgres = INSTALLED.get(major);
        this.parameters = CatalogFile.read(major);
    }

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void isWhatTheServerTells() throws Exception {
        var file = Files.readString(CatalogWriter.file(major));
        assertEquals("", LineDiff.of(file, CatalogWriter.text(postgres)), "stale; write it again: make catalogs");
    }

    @Test
    void hasTheParametersOfEveryLibraryThatTheImageCarries() throws Exception {
        try (var server = CatalogWriter.start(postgres);
                var connection = server.connect()) {
            postgres.libraries().stream()
                    .filter(library -> !library.matches("pltcl|.*plperl|.*plpython3")) // packages of their own
                    .forEach(library -> load(connection, library));
            assertEquals(
                    parameters.stream().map(Parameter::name).collect(Collectors.toCollection(TreeSet::new)),
                    new TreeSet<>(names(connection)));
        }
    }

    private static void load(Connection connection, String library) {
        try (var statement = connection.createStatement()) {
            statement.execute("LOAD '" + library + "'");
        } catch (SQLException e) {
            assertTrue(
                    e.getMessage().matches("(?s).*(No such file|must be loaded via|missing magic block).*"),
                    library + e);
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM pg_settings")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    @Test
    void hasEveryFormerNameThatTheServerTakes() throws Exception {
        var catalog = Catalog.of(major);
        var names = IntStream.rangeClosed(14, 18)
                .boxed()
                .flatMap(any -> CatalogFile.read(any).stream())
                .flatMap(parameter -> Stream.concat(Stream.of(parameter.name()), parameter.formerNames().stream()))
                .distinct()
                .toList();
        try (var server = CatalogWriter.start(postgres);
                var connection = server.connect()) {
            for (var name : names) {
                assertEquals(current(connection, name), catalog.parameter(name).map(Parameter::name), name);
            }
        }
    }

    private static Optional<String> current(Connection connection, String name) {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            return Optional.of(row.getMetaData().getColumnLabel(1));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    @Test
    void readsEveryTextAsTheServerDoesWithinASession() throws Exception {
        var ours = samples(CatalogRealServerTest::changesInSession);
        try (var server = CatalogWriter.start(postgres);
                var connection = server.connect();
                var verdict = new ServerVerdict(connection)) {
            var names = ours.stream().map(sample -> sample.parameter().name()).toList();
            var texts = ours.stream().map(Sample::text).toList();
            assertVerdicts(ours, verdict.inSession(names, texts));
        }
    }

    /** With other texts each time, and what no text of a number, a word or a list has. Part of {@code make fuzz}. */
    @Test
    void readsRandomTextsAsTheServerDoesWithinASession() throws Exception {
        var fuzz = new Fuzz();
        var random = fuzz.random(major);
        var hostile = new HostileText(random);
        var samples = new ValueSamples(random.nextLong());
        var choice = parameters.stream()
                .filter(parameter -> ValueSamples.exist(parameter) && changesInSession(parameter))
                .toList();
        try (var server = CatalogWriter.start(postgres);
                var connection = server.connect();
                var verdict = new ServerVerdict(connection)) {
            for (int left = Math.max(VERSIONS * FEWEST_TEXTS, fuzz.cases()) / VERSIONS;
                    left > 0;
                    left -= TEXTS_AT_ONCE) {
                var ours = Stream.generate(() -> choice.get(random.nextInt(choice.size())))
                        .map(parameter -> sample(parameter, text(random, hostile, samples.near(parameter))))
                        .filter(CatalogRealServerTest::isOurs)
                        .limit(Math.max(FEWEST_TEXTS, Math.min(left, TEXTS_AT_ONCE)))
                        .toList();
                var names =
                        ours.stream().map(sample -> sample.parameter().name()).toList();
                var theirs =
                        verdict.inSession(names, ours.stream().map(Sample::text).toList());
                assertVerdicts(ours, theirs, fuzz.again());
            }
        }
    }

    private static String text(Random random, HostileText hostile, String near) {
        return random.nextInt(5) == 0 ? hostile.mutated(near, 1) : near;
    }

    @Test
    void takesEveryTextInAFileThatTheServerTakes() throws Exception {
        var ours = samples(parameter -> !changesInSession(parameter)
                && !parameter.name().equals("allow_alter_system")); // which ALTER SYSTEM refuses
        try (var server = CatalogWriter.start(postgres);
                var connection = server.connect();
                var verdict = new ServerVerdict(connection)) {
            var theirs = new ArrayList<Optional<String>>();
            for (var sample : ours) {
                theirs.add(
                        verdict.takesInFile(sample.parameter().name(), sample.text())
                                ? sample.verdict().or(() -> Optional.of("taken"))
                                : Optional.empty());
            }
            assertVerdicts(ours, theirs);
        }
    }

    @Test
    void hasTheCanonicalValueOfPgSettings() throws Exception {
        var settings = new TreeMap<String, String>();
        var lines = new StringBuilder();
        taken(CatalogRealServerTest::changesWhileRunning).forEach(sample -> {
            settings.put(sample.parameter().name(), sample.parameter().canonical(sample.text()));
            lines.append(new AddedLine(sample.parameter().name(), sample.text(), "sample").text())
                    .append('\n');
        });
        assertTrue(settings.size() > 200, settings::toString);
        var actual = new TreeMap<String, String>();
        try (var server = CatalogWriter.start(postgres, lines.toString())) {
            for (var row : server.query("SELECT name, setting FROM pg_settings WHERE source = 'configuration file'")) {
                actual.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1));
            }
        }
        // what tells of the socket, and what the driver sets itself
        settings.keySet().removeIf(name -> name.startsWith("tcp_") || name.equals("DateStyle"));
        actual.keySet().retainAll(settings.keySet());
        assertEquals(lines(settings), lines(actual));
    }

    @Test
    void hasTheCanonicalValueThatTheServerWouldStartWith() throws Exception {
        var samples = taken(parameter ->
                !changesWhileRunning(parameter) && !parameter.name().contains("."));
        assertTrue(samples.size() > 30, samples::toString);
        for (var sample : samples) {
            var parameter = sample.parameter();
            assertEquals(
                    Optional.of(parameter.canonical(sample.text())),
                    postgres.configured(parameter.name(), sample.text()),
                    sample::toString);
        }
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("\n"));
    }

    private static boolean changesInSession(Parameter parameter) {
        return (parameter.context() == Context.USER || parameter.context() == Context.SUPERUSER)
                && !NOT_IN_SESSION.contains(parameter.name());
    }

    private static boolean changesWhileRunning(Parameter parameter) {
        return !parameter.context().restart() && !NOT_IN_FILE.contains(parameter.name())
                || parameter.name().equals("unix_socket_permissions"); // octal in pg_settings alone
    }

    private List<Sample> samples(Predicate<Parameter> choice) {
        var samples = new ValueSamples(SEED);
        return parameters.stream()
                .filter(parameter -> parameter.context() != Context.INTERNAL)
                .filter(ValueSamples::exist)
                .filter(choice)
                .flatMap(parameter -> Stream.generate(() -> sample(parameter, samples.near(parameter)))
                        .limit(TEXTS))
                .filter(CatalogRealServerTest::isOurs)
                .toList();
    }

    private static Sample sample(Parameter parameter, String text) {
        try {
            return new Sample(parameter, text, Optional.of(parameter.shown(text)));
        } catch (IllegalArgumentException e) {
            return new Sample(parameter, text, Optional.empty());
        }
    }

    private static boolean isOurs(Sample sample) {
        var limit = LEFT_TO_THE_SERVER_ABOVE.get(sample.parameter().name());
        return limit == null
                || sample.verdict().isEmpty()
                || Integer.parseInt(sample.parameter().canonical(sample.text())) <= limit;
    }

    private static boolean isLeftToTheServer(Sample sample) {
        return LEFT_TO_THE_SERVER.contains(sample.parameter().name());
    }

    /** The first right text for each parameter. */
    private List<Sample> taken(Predicate<Parameter> choice) {
        var first = new TreeMap<String, Sample>();
        samples(choice).stream()
                .filter(sample -> sample.verdict().isPresent() && !isLeftToTheServer(sample))
                .forEach(sample -> first.putIfAbsent(sample.parameter().name(), sample));
        return List.copyOf(first.values());
    }

    private static void assertVerdicts(List<Sample> ours, List<Optional<String>> theirs) {
        assertVerdicts(ours, theirs, "");
    }

    private static void assertVerdicts(List<Sample> ours, List<Optional<String>> theirs, String again) {
        var taken = ours.stream().filter(sample -> sample.verdict().isPresent()).count();
        assertTrue(taken > 500 && ours.size() - taken > 400, () -> taken + " of " + ours.size() + " are taken");
        var disagreements = IntStream.range(0, ours.size())
                .filter(i -> !ours.get(i).verdict().equals(theirs.get(i)))
                .filter(i -> theirs.get(i).isPresent() || !isLeftToTheServer(ours.get(i)))
                .mapToObj(
                        i -> ours.get(i) + ", says the server: " + theirs.get(i).orElse("refused"))
                .collect(Collectors.joining("\n"));
        assertEquals("", disagreements, again);
    }
}
