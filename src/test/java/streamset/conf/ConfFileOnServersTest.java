package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/** What ConfFile believes a file to say, against what real servers of every version read in it. */
@Tag("server")
class ConfFileOnServersTest {
    private static final int FILES = 40; // of each kind, on each version
    private static final long SEED = 20_240_229;
    private static final Pattern SUBJECT = Pattern.compile("^a\\.conf:(?<line>\\d+) +=", Pattern.MULTILINE);

    private static final Map<Integer, ServerReading> SERVERS = new HashMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void stopTheServers() throws SQLException {
        for (var server : SERVERS.values()) {
            server.close();
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0} reads the same settings in the same lines and refuses the same lines")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void readsWhatAServerReads(int major) throws Exception {
        var server = server(major);
        var random = new RandomConf(SEED + major);
        int settings = 0;
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            var rendered = parse(random.plausible(), new Problems()).with(random.settings());
            for (var text : List.of(random.plausible(), random.noise(), rendered)) {
                var found = server.read(text);
                assertBelieves(found, text);
                assertKnowsWhatHolds(found.usable(), server);
                settings += found.settings().size();
                refused += found.refused().size();
            }
        }
        assertTrue(
                settings > 10 * FILES && refused > 10 * FILES, settings + " settings, " + refused + " lines refused");
    }

    @ParameterizedTest(name = "PostgreSQL {0} reads these lines as nobody means them")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void refusesWhatAServerReadsAsNobodyMeansIt(int major) throws Exception {
        var server = server(major);
        assertRefusesWhatTheServerTakesFor("\uFEFFmy.param", "1", "\uFEFFmy.param = 1", server);
        assertRefusesWhatTheServerTakesFor("my.\u00A0param", "1", "my.\u00A0param = 1", server);
        assertRefusesWhatTheServerTakesFor("my.param", "\u00A01", "my.param =\u00A01", server);
        assertRefusesWhatTheServerTakesFor("my.param", "a", "my.param = 'a\\000b'", server);
        var noText = "my.param = '\\377\\400a'";
        assertEquals("ff", server.query(noText, "SELECT encode(textsend(setting), 'hex') FROM pg_file_settings"));
        assertRefuses(noText);
    }

    private static void assertRefusesWhatTheServerTakesFor(String name, String value, String text, ServerReading server)
            throws Exception {
        assertEquals(
                List.of(new ConfFile.Entry(1, name, value)), server.read(text).settings());
        assertRefuses(text);
    }

    private static void assertRefuses(String text) {
        var problems = new Problems();
        parse(text, problems);
        assertEquals(Set.of(1), lines(problems));
    }

    @ParameterizedTest(name = "PostgreSQL {0} names the line before a last one without an end")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void namesTheLineInWhichAValueIsMissing(int major) throws Exception {
        var text = "jit = off\nwork_mem =";
        var line = "SELECT sourceline FROM pg_file_settings WHERE error = 'syntax error'";
        assertEquals("1", server(major).query(text, line));
        assertEquals("2", server(major).query(text + "\n", line));
        var problems = new Problems();
        parse(text, problems);
        assertEquals(Set.of(2), lines(problems));
    }

    private static ServerReading server(int major) throws Exception {
        if (!SERVERS.containsKey(major)) {
            SERVERS.put(major, ServerReading.start(major, folder));
        }
        return SERVERS.get(major);
    }

    private static void assertBelieves(ServerReading.Found found, String text) {
        var problems = new Problems();
        var file = parse(text, problems);
        assertEquals(found.refused(), lines(problems), text);
        assertEquals(found.settings(), file.occurrences(), text);
    }

    private static void assertKnowsWhatHolds(String usable, ServerReading server) throws Exception {
        var holding = new TreeMap<String, String>();
        parse(usable, new Problems()).settings().forEach(setting -> holding.put(setting.name(), setting.value()));
        assertEquals(server.runsWith(usable, holding.keySet()), holding, usable);
    }

    private static ConfFile parse(String text, Problems problems) {
        return ConfFile.parse(new SourceFile("a.conf", text), problems);
    }

    private static SortedSet<Integer> lines(Problems problems) {
        var lines = new TreeSet<Integer>();
        try {
            problems.throwIfAny();
        } catch (BadInput refusal) {
            SUBJECT.matcher(refusal.getMessage()).results().forEach(line -> lines.add(Integer.valueOf(line.group(1))));
        }
        return lines;
    }
}
