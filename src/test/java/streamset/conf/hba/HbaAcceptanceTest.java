package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;

/**
 * The program reads the same in a line of pg_hba.conf as a real server. It takes what a server takes, and refuses what a
 * server refuses; the exceptions are named below, of either kind.
 *
 * <p>Not among the lines: RADIUS servers by name, which a server looks up in the DNS when it reads the file.
 */
@Tag("server")
class HbaAcceptanceTest {
    private static final Pattern STRICTER_THAN_SERVERS = Pattern.compile(String.join(
            "|",
            "PostgreSQL 1[45] does not support regular expressions here: .*", // it would be a name that nobody has
            "a map is in pg_ident.conf, which does not exist in the pods: nobody could log in",
            "has the character U\\+.*", // nobody sees it, and the line is another than it seems
            "% is followed by an interface of one machine, .*")); // the server takes it where the interface is

    /** What a server says of lines that the program leaves to it: of their options, and of regular expressions. */
    private static final Pattern LEFT_TO_SERVERS = Pattern.compile(String.join(
            "|",
            "unrecognized authentication option name: .*",
            "authentication option \".*\" is only valid for authentication methods .*",
            "authentication method \"(ldap|radius|oauth)\" requires argument .* to be set",
            "client(cert|name) can only be configured for \"hostssl\" rows",
            "clientcert can only be set to \"verify-full\" when using \"cert\" authentication",
            "cannot use ldap.* together with .*",
            "could not parse LDAP URL .*",
            "unsupported LDAP URL scheme: .*",
            "invalid LDAP port number: .*",
            "the number of RADIUS .*",
            "validator \".*\" is not permitted by oauth_validator_libraries",
            "map cannot be used in combination with delegate_ident_mapping",
            "oauth_validator_libraries must be set for authentication method oauth",
            "hostssl record cannot match because SSL is disabled",
            "invalid regular expression .*",
            "authentication file token too long"));

    /** Lines with which a server leaves its whole file unread, and says why in its log only. */
    private static final Pattern LEFT_TO_SERVERS_WITHOUT_A_MESSAGE =
            Pattern.compile(".* (clientcert|clientname|radius[a-z]+)=.*");

    /** What a server says that was built without something that those in the pods have. */
    private static final Pattern OTHER_BUILD =
            Pattern.compile("invalid authentication method \"(gss|ldap|pam)\": not supported by this build"
                    + "|hostgssenc record cannot match because GSSAPI is not supported by this build");

    private static final String NO_MESSAGE = "(no message)";
    private static final int MADE_LINES = 3000; // of each kind; enough to find what one word in a hundred can do wrong

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What was read in a line, or why it was refused. */
    private record Reading(String refusal, List<Object> content) {
        boolean accepted() {
            return refusal.isEmpty();
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void ofTheVersion(int major) throws Exception {
        assertAgrees(RealPostgres.install(major, folder), major, true);
    }

    @Test
    void ofDebian() throws Exception {
        assertAgrees(RealPostgres.installDebian(folder), 15, false);
    }

    private static void assertAgrees(RealPostgres postgres, int major, boolean otherBuild) throws Exception {
        postgres.writeSecret("server.key", Certificate.KEY);
        Files.writeString(postgres.confFile("server.crt"), Certificate.PEM);
        var conf = """
                hba_file = '/etc/postgresql/pg_hba.conf'
                ssl_key_file = '/etc/postgresql/server.key'
                ssl_cert_file = '/etc/postgresql/server.crt'
                """;
        var oauth = major < 18 ? "" : "oauth_validator_libraries = 'checker'\n";
        try (var server = postgres.start(conf + "ssl = on\n" + oauth, "host all all all trust\n")) {
            for (var text : List.of(listed(), assembled(new Random(1)), scrambled(new Random(2)))) {
                assertEquals(List.of(), disagreements(postgres, server, major, text, otherBuild));
            }
        }
        try (var server = postgres.start(conf, "host all all all trust\n")) {
            assertEquals(List.of(), disagreements(postgres, server, major, listed(), otherBuild));
        }
    }

    private static String listed() throws IOException {
        try (var lines = HbaAcceptanceTest.class.getResourceAsStream("lines.pg_hba.conf")) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8) + longWords();
        }
    }

    /** Around what servers before 16 read. */
    private static String longWords() {
        return Stream.of(
                        "x".repeat(10_239),
                        "x".repeat(10_240),
                        "ö".repeat(5_119),
                        "ö".repeat(5_120),
                        "x,".repeat(9_999))
                .map(word -> "local all " + word + " trust\n")
                .collect(Collectors.joining());
    }

    /** Lines of likely words in the right order, mostly. */
    private static String assembled(Random random) {
        var fields = Stream.of(
                        "host host host host hostssl hostnossl hostgssenc hostnogssenc local include",
                        "all all replication sameuser samerole a a,b a,all \"all\" \"a b\" /^a \"\" a,,b @x",
                        "all all postgres replicator +a \"+a\" a,b /a.*b \"a\"\"b\" +",
                        "all samenet samehost 10.0.0.0/8 127.1/32 ::1/128 .example a.example 10.0.0.1 a/8 1.2.3/33",
                        "trust reject scram-sha-256 md5 password ident trust md5 gss pam cert 255.255.0.0 oauth ldap peer",
                        "# ".repeat(12)
                                + "map=a map= clientcert=verify-full ldapbasedn=a issuer=a pamservice=a a= a trust",
                        "# ".repeat(6) + "scope=b clientname=CN ldapprefix=a include_realm=1 krb_realm=a md5")
                .map(words -> words.split(" "))
                .toList();
        return IntStream.range(0, MADE_LINES)
                .mapToObj(i -> fields.stream()
                        .filter(words -> random.nextInt(30) > 0)
                        .map(words -> words[random.nextInt(words.length)])
                        .collect(Collectors.joining(random.nextInt(10) == 0 ? "\t \r" : " ")))
                .collect(Collectors.joining("\n"));
    }

    /** Lines whose first words are made of the characters that mean something. */
    private static String scrambled(Random random) {
        var characters = "\"\"\"\",,, \t\r#\\\\\\\n\nab+@ö";
        return IntStream.range(0, MADE_LINES)
                .mapToObj(i -> random.ints(random.nextInt(12), 0, characters.length())
                        .mapToObj(index -> characters.substring(index, index + 1))
                        .collect(Collectors.joining("", "local ", " all trust\n")))
                .collect(Collectors.joining());
    }

    private static List<String> disagreements(
            RealPostgres postgres, RealPostgres.Server server, int major, String text, boolean otherBuild)
            throws Exception {
        Files.writeString(postgres.confFile("pg_hba.conf"), text);
        var theirs = theirs(server);
        var ours = ours(text, major);
        var lines = HbaLine.of(text).stream().collect(Collectors.toMap(HbaLine::number, HbaLine::shown));
        assertEquals(theirs.keySet(), ours.keySet());
        long accepted = theirs.values().stream().filter(Reading::accepted).count();
        assertTrue(
                accepted > theirs.size() / 10 && accepted < theirs.size() * 9 / 10, accepted + " of " + theirs.size());
        var found = new ArrayList<String>();
        theirs.forEach((number, their) -> {
            var our = ours.get(number);
            boolean agree = our.accepted() ? our.equals(their) : !their.accepted();
            boolean excused = their.accepted()
                    ? STRICTER_THAN_SERVERS.matcher(our.refusal()).matches()
                    : LEFT_TO_SERVERS.matcher(their.refusal()).matches()
                            || their.refusal().equals(NO_MESSAGE)
                                    && LEFT_TO_SERVERS_WITHOUT_A_MESSAGE
                                            .matcher(lines.get(number))
                                            .matches()
                            || otherBuild
                                    && OTHER_BUILD.matcher(their.refusal()).matches();
            if (!agree && !excused) {
                found.add(number + ": " + lines.get(number) + "\n  server : " + their + "\n  program: " + our);
            }
        });
        return found;
    }

    private static Map<Integer, Reading> theirs(RealPostgres.Server server) throws SQLException {
        var readings = new TreeMap<Integer, Reading>();
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM pg_hba_file_rules")) {
            while (rows.next()) {
                var type = rows.getString("type");
                var error = rows.getString("error");
                Reading reading;
                if (error != null || type == null) { // some errors are only in the log
                    reading = new Reading(error == null ? NO_MESSAGE : error, List.of());
                } else {
                    var mask = rows.getString("netmask");
                    var address = rows.getString("address");
                    reading = new Reading(
                            "",
                            List.of(
                                    type,
                                    List.of((Object[]) rows.getArray("database").getArray()),
                                    List.of((Object[])
                                            rows.getArray("user_name").getArray()),
                                    mask == null
                                            ? String.valueOf(address).toLowerCase(Locale.ROOT)
                                            : network(address, mask),
                                    rows.getString("auth_method")));
                }
                readings.put(rows.getInt("line_number"), reading);
            }
        }
        return readings;
    }

    private static HbaAddress.Network network(String address, String mask) {
        return new HbaAddress.Network(
                IpAddress.parse(address).orElseThrow(), IpAddress.parse(mask).orElseThrow());
    }

    private static Map<Integer, Reading> ours(String text, int major) {
        var readings = new TreeMap<Integer, Reading>();
        for (var line : HbaLine.of(text)) {
            if (!line.fields().isEmpty()) {
                readings.put(line.number(), reading(line, major));
            }
        }
        return readings;
    }

    private static Reading reading(HbaLine line, int major) {
        try {
            var rule = HbaRuleParser.parse(line, major);
            return new Reading(
                    "",
                    List.of(
                            rule.type().word(),
                            words(line.fields().get(1)),
                            words(line.fields().get(2)),
                            address(rule),
                            method(rule)));
        } catch (HbaRefusal e) {
            return new Reading(e.reason(), List.of());
        }
    }

    private static List<String> words(List<HbaToken> field) {
        return field.stream().map(HbaToken::text).toList();
    }

    /** As the servers show it. */
    private static String method(HbaRule rule) {
        return rule.type() == HbaType.LOCAL && rule.method() == HbaMethod.IDENT
                ? "peer"
                : rule.method().word();
    }

    private static Object address(HbaRule rule) {
        if (rule.type() == HbaType.LOCAL) {
            return "null";
        }
        return rule.address() instanceof HbaAddress.Network network
                ? network
                : rule.line().fields().get(3).get(0).text().toLowerCase(Locale.ROOT);
    }
}
