package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;
import streamset.conf.SourceFile;
import streamset.fuzz.Fuzz;
import streamset.fuzz.HostileText;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Lines of pg_hba.conf, each with what a server of each version reads in it: pg_hba_file_rules reads the file anew each time.
 *
 * <p>Not among them: RADIUS, whose servers are looked up in the DNS, and a NUL, with which a file is refused before it is read.
 */
@Tag("server")
class HbaFuzzTest {
    private static final int VERSIONS = 5;
    private static final int LINES = 2_000; // that a server reads at once

    @TempDir
    private static Path folder;

    private final Fuzz fuzz = new Fuzz();

    @ParameterizedTest(name = "PostgreSQL {0} reads the same in each line")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void readsWhatAServerReads(int major) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var random = fuzz.random(major);
        int most = (fuzz.cases() + VERSIONS - 1) / VERSIONS;
        var postgres = RealPostgres.install(major, folder);
        try (var server = HbaAgreement.startWithTls(postgres, major)) {
            var agreement = new HbaAgreement(postgres, server, major, true);
            for (int done = 0; done < most; done += LINES) {
                var text = Stream.generate(() -> line(random) + "\n")
                        .limit(Math.min(LINES, most - done))
                        .collect(Collectors.joining());
                assertEquals(List.of(), agreement.disagreements(text), fuzz.again());
                assertTellsProblems(text, major);
            }
        }
    }

    private void assertTellsProblems(String text, int major) {
        var problems = new Problems();
        HbaFile.parse(new SourceFile("pg_hba.conf", text), major, problems).refuseTrust(problems);
        problems.found().forEach(problem -> assertTrue(isTold(problem), () -> problem + "\n" + fuzz.again()));
    }

    private static boolean isTold(Problem problem) {
        return problem.subject().matches("pg_hba.conf:\\d+")
                && !problem.reason().isBlank()
                && !problem.fix().isBlank()
                && problem.text().codePoints().noneMatch(c -> c != '\n' && Character.isISOControl(c));
    }

    private static String line(Random random) {
        var hostile = new HostileText(random);
        var usual = usual(random);
        var line = switch (random.nextInt(8)) {
            case 0 -> hostile.mutated(usual, 3);
            case 1 -> usual.replaceFirst(" \\S+ ", " " + quoted(hostile.line(4)) + " ");
            case 2 -> "host all all " + address(random, hostile) + " trust";
            case 3 -> hostile.line(8);
            case 4 -> "local " + name(random) + "," + name(random) + " " + name(random) + " trust";
            case 5 -> "host " + name(random) + "\t+" + name(random) + " 10.0.0.0/8 scram-sha-256 # " + hostile.line(3);
            default -> usual;
        };
        return line.matches("(?s).*radius.*") ? usual : line;
    }

    private static String name(Random random) {
        return one(random, "a b all postgres \"a\"\"b\" \"#\" \"a,b\" größe a\\b 'a' $(id) ; replication x=y");
    }

    /** As a replacement, in which a backslash and a dollar sign mean something else. */
    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }

    private static String address(Random random, HostileText hostile) {
        var address = Stream.generate(() -> one(
                        random,
                        "10. . .. 127.1 255 256 0x7f 010 08 4294967295 :: : ::1 fd00: ffff 1.2.3.4 /0 /8 /32 /33 /128 /129 /-0 /+8"
                                + " /08 / % a .a . %lo"))
                .limit(random.nextInt(5) + 1)
                .collect(Collectors.joining());
        return random.nextInt(4) == 0 ? hostile.mutated(address, 1) : address;
    }

    private static String usual(Random random) {
        return Stream.of(
                        "host host host hostssl hostnossl hostgssenc hostnogssenc local include Host",
                        "all all replication sameuser samerole a a,b a,all \"all\" \"ab\" /^a \"\" a,,b @x",
                        "all postgres replicator +a \"+a\" a,b /a.*b \"a\"\"b\" +",
                        "all samenet samehost 10.0.0.0/8 127.1/32 ::1/128 .example a.example 10.0.0.1 a/8 1.2.3/33",
                        "trust reject scram-sha-256 md5 password ident gss pam cert 255.255.0.0 oauth ldap peer Trust",
                        "# # # # map=a map= clientcert=verify-full ldapbasedn=a pamservice=a a= a trust",
                        "# # # scope=b clientname=CN ldapprefix=a include_realm=1 krb_realm=a md5")
                .filter(words -> random.nextInt(30) > 0)
                .map(words -> one(random, words))
                .collect(Collectors.joining(random.nextInt(10) == 0 ? "\t \r" : " "));
    }

    private static String one(Random random, String words) {
        var all = words.split(" ");
        return all[random.nextInt(all.length)];
    }
}
