package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamset.conf.RealPostgres;

/**
 * Whether the program takes in lines of pg_hba.conf what a server takes, and refuses what a server refuses; the exceptions are
 * named here, of either kind.
 *
 * @param otherBuild whether the server was built without something that those in the pods have
 */
record HbaAgreement(RealPostgres postgres, RealPostgres.Server server, int major, boolean otherBuild) {
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

    private static final String CONF = """
            hba_file = '/etc/postgresql/pg_hba.conf'
            ssl_key_file = '/etc/postgresql/server.key'
            ssl_cert_file = '/etc/postgresql/server.crt'
            """;

    private static final String TRUST = "host all all all trust\n";

    /** What was read in a line, or why it was refused. */
    private record Reading(String refusal, List<Object> content) {
        boolean accepted() {
            return refusal.isEmpty();
        }
    }

    static RealPostgres.Server start(RealPostgres postgres) throws Exception {
        return postgres.start(CONF, TRUST);
    }

    static RealPostgres.Server startWithTls(RealPostgres postgres, int major) throws Exception {
        postgres.writeSecret("server.key", Certificate.KEY);
        Files.writeString(postgres.confFile("server.crt"), Certificate.PEM);
        var oauth = major < 18 ? "" : "oauth_validator_libraries = 'checker'\n";
        return postgres.start(CONF + "ssl = on\n" + oauth, TRUST);
    }

    /** The lines of a file that the two sides read differently, with what each of them says. */
    List<String> disagreements(String text) throws Exception {
        Files.writeString(postgres.confFile("pg_hba.conf"), text);
        var theirs = theirs(server);
        var ours = ours(text, major);
        var lines = HbaLine.of(text).stream().collect(Collectors.toMap(HbaLine::number, HbaLine::shown));
        lines.forEach((number, line) -> {
            if (isSkippedByServers(line)) {
                ours.remove(number);
                theirs.remove(number);
            }
        });
        assertEquals(shown(theirs, ours, lines), shown(ours, theirs, lines));
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

    /** A server from 16 on goes on without a file that need not exist. */
    private boolean isSkippedByServers(String line) {
        return major >= 16 && line.matches("(?s)\"?include_if_exists\\b.*");
    }

    /** The lines that only the first of two has. */
    private static String shown(Map<Integer, Reading> one, Map<Integer, Reading> other, Map<Integer, String> lines) {
        return one.keySet().stream()
                .filter(number -> !other.containsKey(number))
                .map(number -> number + ": " + lines.get(number) + " " + one.get(number))
                .collect(Collectors.joining("\n"));
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
