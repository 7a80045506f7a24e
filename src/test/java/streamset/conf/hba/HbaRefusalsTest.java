package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import streamset.problems.Printable;
import streamset.problems.Problems;

/** The messages about lines of pg_hba.conf that cannot be used. */
@Tag("unit")
class HbaRefusalsTest {
    private static final int NEWEST = 18;
    private static final int OLD = 15;

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
                "local /^a all trust          | PostgreSQL 15 does not support regular expressions here: it reads \"/^a\" as a name, which nobody has | write out the names, with commas between them",
                "local all \"/^a\" trust    | PostgreSQL 15 does not support regular expressions here: it reads \"/^a\" as a name, which nobody has | write out the names, with commas between them",
                "host all all all oauth       | \"oauth\" is not a method of PostgreSQL 15 on Linux | use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert",
            })
    void comesOfWhatTheServerIs(String line, String reason, String fix) {
        assertEquals("""
                1 problem, nothing was changed

                a.conf:1             = %s
                problem              : %s
                fix                  : %s
                """.formatted(line, reason, fix), refusal(line, OLD));
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
                fix                  : separate words with blanks or tabs; put a name that really contains it in double quotes
                """.formatted(Printable.line(line), code), refusal(line, NEWEST), name);
        assertSound(line.replace("a" + line.charAt(11) + "ll", "\"a" + line.charAt(11) + "ll\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "host all all all ldap ldapbasedn=b ldapbindpasswd=hunter 2a x=hunter2 | host all all all ldap ldapbasedn=b ldapbindpasswd=[secret] | [secret] is not an option: options have the form name=value | delete it, or write it in this form; put a value with blanks or commas in double quotes",
                "host all all all \"ldapbindpasswd=hunter2\" | host all all all ldapbindpasswd=[secret] | \"ldapbindpasswd=[secret]\" is not a method of PostgreSQL 18 on Linux | use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert, oauth",
                "host all all all radius radiusservers=10.0.0.1 radiussecrets=\"hunter2\" hunter3 | host all all all radius radiusservers=10.0.0.1 radiussecrets=[secret] | [secret] is not an option: options have the form name=value | delete it, or write it in this form; put a value with blanks or commas in double quotes",
                "radiussecrets=hunter2 | radiussecrets=[secret] | \"radiussecrets=[secret]\" is not a connection type | begin the line with one of: local, host, hostssl, hostnossl, hostgssenc, hostnogssenc",
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
                problem              : "md6" is not a method of PostgreSQL 18 on Linux, did you mean md5?
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

    private static String refusal(String text, int version) {
        var problems = new Problems();
        HbaFile.parse(new SourceFile("a.conf", text), version, problems);
        return assertThrows(BadInput.class, problems::throwIfAny).getMessage();
    }

    private static void assertSound(String text) {
        var problems = new Problems();
        HbaFile.parse(new SourceFile("a.conf", text), NEWEST, problems);
        problems.throwIfAny();
    }
}
