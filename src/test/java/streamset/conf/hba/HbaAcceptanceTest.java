package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
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
 * The program reads the same in a line of pg_hba.conf as a real server.
 *
 * <p>Not among the lines: RADIUS servers by name, which a server looks up in the DNS when it reads the file.
 */
@Tag("server")
class HbaAcceptanceTest {
    private static final int MADE_LINES = 3000; // of each kind; enough to find what one word in a hundred can do wrong

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
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
        try (var server = HbaAgreement.startWithTls(postgres, major)) {
            for (var text : List.of(listed(), assembled(new Random(1)), scrambled(new Random(2)))) {
                assertEquals(List.of(), new HbaAgreement(postgres, server, major, otherBuild).disagreements(text));
            }
        }
        try (var server = HbaAgreement.start(postgres)) {
            assertEquals(List.of(), new HbaAgreement(postgres, server, major, otherBuild).disagreements(listed()));
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
}
