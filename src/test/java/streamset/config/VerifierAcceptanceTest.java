package streamset.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;

/** Real servers store a verifier as it is, and let the password in that it was made of, and no other. */
@Tag("server")
class VerifierAcceptanceTest {
    private static final String ALL_OF_ASCII =
            IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
    private static final List<String> PASSWORDS = List.of(
            "hunter2",
            "3l1ZbA+//kqJbJ8pNcJ0DQ==",
            " blanks at both ends  ",
            ALL_OF_ASCII,
            "long".repeat(1000),
            "SCRAM-SHA-256$4096");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void inEveryMajorVersion(int major) throws Exception {
        var hba = "host all postgres all trust\nlocal all all trust\nhost all all all scram-sha-256\n";
        var conf = "hba_file = '/etc/postgresql/pg_hba.conf'\nlisten_addresses = '127.0.0.1'\n"
                + "password_encryption = md5\n"; // does not matter
        try (var server = RealPostgres.install(major, folder).start(conf, hba)) {
            for (var password : PASSWORDS) {
                var verifier = ScramVerifier.of(password, "here").orElseThrow();
                try (var connection = server.connect();
                        var statement = connection.createStatement()) {
                    statement.execute("DROP ROLE IF EXISTS alice");
                    statement.execute("CREATE ROLE alice LOGIN");
                    statement.execute("ALTER USER alice PASSWORD '" + verifier + "'");
                }

                assertEquals(
                        List.of(verifier), server.query("SELECT rolpassword FROM pg_authid WHERE rolname = 'alice'"));
                assertDoesNotThrow(() -> logIn(server, password), password);
                for (String other : List.of(password + "x", verifier)) {
                    var refusal = assertThrows(SQLException.class, () -> logIn(server, other), other);
                    assertEquals("28P01", refusal.getSQLState()); // invalid password
                }
            }
        }
    }

    private static void logIn(RealPostgres.Server server, String password) throws SQLException {
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "alice", password)
                .close();
    }
}
