package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.conf.SourceFile;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/** What is told about lines of pg_hba.conf that cannot be used. */
@Tag("unit")
class HbaRefusalsTest {
    private static final HbaServer NEWEST = new HbaServer(18, true, List.of("a", "b"));
    private static final HbaServer OLD = new HbaServer(15, false, List.of());

    /** Of a file in which each line is followed by its reason and its remedy. */
    static Stream<Arguments> lines() throws IOException {
        try (var table = HbaRefusalsTest.class.getResourceAsStream("refusals.txt")) {
            var lines = new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2) // the heading
                    .map(String::strip)
                    .toList();
            return IntStream.range(0, lines.size() / 3)
                    .map(i -> 3 * i)
                    .mapToObj(i -> Arguments.of(lines.get(i), lines.get(i + 1), lines.get(i + 2)));
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isTheReasonAndTheRemedy(String line, String reason, String fix) {
        assertEquals("""
                1 problem, nothing was changed

                a.conf:2             = %s
                problem              : %s
                fix                  : %s
                """.formatted(line, reason, fix), refusal("# a comment\n  " + line + "  \n", NEWEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "local /^a all trust          | PostgreSQL 15 knows no regular expressions here: for it \"/^a\" is a name, and nobody is called like that | write out the names, with commas between them",
                "local all \"/^a\" trust    | PostgreSQL 15 knows no regular expressions here: for it \"/^a\" is a name, and nobody is called like that | write out the names, with commas between them",
                "host all all all oauth       | \"oauth\" is no method of PostgreSQL 15 on Linux | use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert",
                "hostssl all all all md5      | fits no connection: the servers run without ssl, and would report the line as an error | begin the line with host, or set ssl = on in postgresql.conf",
            })
    void comesOfWhatTheServerIs(String line, String reason, String fix) {
        assertEquals("""
                1 problem, nothing was changed

                a.conf:1             = %s
                problem              : %s
                fix                  : %s
                """.formatted(line, reason, fix), refusal(line, OLD));
    }

    @Test
    void isTheLibraryThatChecksTokensOfOauth() {
        assertEquals("""
                1 problem, nothing was changed

                a.conf:1             = host all all all oauth issuer=a scope=b
                problem              : no library checks the tokens
                fix                  : set oauth_validator_libraries in postgresql.conf, or use scram-sha-256
                """, refusal("host all all all oauth issuer=a scope=b", new HbaServer(18, false, List.of())));
    }

    @ParameterizedTest
    @CsvSource({"00A0, no-break space", "FEFF, byte order mark", "000B, vertical tab", "200B, zero width", "3000, wide"
    })
    void isWhiteSpaceThatIsNone(String code, String name) {
        var line = "local all a" + (char) Integer.parseInt(code, 16) + "ll trust";
        assertEquals("""
                1 problem, nothing was changed

                a.conf:1             = %s
                problem              : has the character U+%s, which does not separate words for PostgreSQL but belongs to one
                fix                  : separate words with blanks or tabs; a name that really has it goes in double quotes
                """.formatted(line, code), refusal(line, NEWEST), name);
        assertSound(line.replace("a" + line.charAt(11) + "ll", "\"a" + line.charAt(11) + "ll\""));
    }

    @Test
    void isAWordThatOldServersDoNotReadToItsEnd() {
        var line = "host all " + "größer,".repeat(2) + "x".repeat(10_240) + " all md5";
        assertEquals("""
                1 problem, nothing was changed

                a.conf:1             = host all größer,größer,%s…
                problem              : has a word of 10240 bytes; PostgreSQL 15 reads at most 10239
                fix                  : make the word shorter
                """.formatted("x".repeat(160 - "host all größer,größer,".length())), refusal(line, OLD));
        assertSound(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host all all all ldap ldapbasedn=b ldapbindpasswd=hunter 2a x=hunter2 | host all all all ldap ldapbasedn=b ldapbindpasswd=[secret] | [secret] is no option: they are written name=value | delete it, or write it so; a value with blanks or commas goes in double quotes",
                "host all all all ldap ldapbasedn=b ldapbindpasswd=hunter 2=a # hunter2 | host all all all ldap ldapbasedn=b ldapbindpasswd=[secret] | [secret] is no option of the method ldap | delete it; there are ldapserver, ldapport, ldapscheme, ldaptls, ldapurl, ldapprefix, ldapsuffix, ldapbasedn, ldapbinddn, ldapbindpasswd, ldapsearchattribute, ldapsearchfilter",
                "host all all all \"ldapbindpasswd=hunter2\" | host all all all ldapbindpasswd=[secret] | \"ldapbindpasswd=[secret]\" is no method of PostgreSQL 18 on Linux | use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert, oauth",
                "radiussecrets=hunter2 | radiussecrets=[secret] | \"radiussecrets=[secret]\" is no type of connection | begin the line with one of: local, host, hostssl, hostnossl, hostgssenc, hostnogssenc",
                "host all all all radius radiusservers=10.0.0.1 radiussecrets=\"hunter2,hunter3\" | host all all all radius radiusservers=10.0.0.1 radiussecrets=[secret] | radiussecrets has 2 values, radiusservers 1 | give one for all servers, or one for each",
                "host all all all radius radiusservers=10.0.0.1 radiussecrets=\"hunter2,\" | host all all all radius radiusservers=10.0.0.1 radiussecrets=[secret] | radiussecrets cannot be read as a list | write it as: radiussecrets=VALUE, or radiussecrets=\"VALUE,VALUE\"",
                "host all all all radius radiusservers=10.0.0.1 radiussecrets=hunter2 radiusports=a | host all all all radius radiusservers=10.0.0.1 radiussecrets=[secret] | [secret] is no port, in radiusports | use a number from 1 to 65535",
            })
    void keepsSecrets(String line, String shown, String reason, String fix) {
        assertEquals("""
                1 problem, nothing was changed

                a.conf:1             = %s
                problem              : %s
                fix                  : %s
                """.formatted(shown, reason, fix), refusal(line, NEWEST));
    }

    @Test
    void namesTheFirstOfSeveralLinesThatAreOne() {
        assertEquals("""
                2 problems, nothing was changed

                a.conf:2             = host all   all all  md6 # größer
                problem              : "md6" is no method of PostgreSQL 18 on Linux, did you mean md5?
                fix                  : use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert, oauth

                a.conf:7             = local all
                problem              : ends before the user
                fix                  : write it as: local  DATABASE  USER  METHOD
                """, refusal("""
                local all all trust
                host all \\
                  all all \\
                 md6 # größer
                local all all trust # a comment goes on, too \\
                local all
                local all
                """, NEWEST));
    }

    @Test
    void comesForEveryLineOfAFileThatIsSomethingElse() {
        var line = "<html lang='en'><body>404: not found</body></html>\n";
        var lines = (1 << 20) / line.length();
        assertEquals(
                lines + " problems, nothing was changed",
                refusal(line.repeat(lines), NEWEST).lines().findFirst().orElseThrow());
    }

    private static String refusal(String text, HbaServer server) {
        var problems = new Problems();
        HbaFile.parse(new SourceFile("a.conf", text), server, problems);
        return assertThrows(BadInput.class, problems::throwIfAny).getMessage();
    }

    private static void assertSound(String text) {
        var problems = new Problems();
        HbaFile.parse(new SourceFile("a.conf", text), NEWEST, problems);
        problems.throwIfAny();
    }
}
