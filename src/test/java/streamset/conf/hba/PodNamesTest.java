package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;
import streamset.conf.SourceFile;
import streamset.config.Names;
import streamset.problems.Problems;

/** Real servers let a standby in by each name that the DNS may give its address, and nobody by other names. */
@Tag("server")
class PodNamesTest {
    private static final Names NAMES = new Names("shop", "data", "k.test");

    /** The first name is the one that the server is told, as with a DNS that answers with several. */
    private static final String HOSTS = """
            127.0.0.1 localhost
            127.0.0.11 shop-sfs-1.shop-svc.data.svc.k.test
            127.0.0.12 127-0-0-12.shop-read.data.svc.k.test
            127.0.0.13 127-0-0-13.shop-primary.data.svc.k.test
            127.0.0.14 shop-sfs-1.shop-read.data.svc.k.test
            127.0.0.21 127-0-0-21.other-shop-read.data.svc.k.test
            127.0.0.22 127-0-0-22.shop-read.other.svc.k.test
            127.0.0.23 127-0-0-23.of-another-kind.data.svc.k.test
            """;

    private static final String CONF = """
            hba_file = '/etc/postgresql/pg_hba.conf'
            listen_addresses = '127.0.0.1'
            wal_level = replica
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 18})
    void letStandbysInAndNobodyElse(int major) throws Exception {
        var file = HbaFile.parse(new SourceFile("pg_hba.conf", ""), major, new Problems());
        var postgres = RealPostgres.install(major, folder);
        try (var server = postgres.startWithHosts(HOSTS, CONF, file.render(NAMES.podDomains()))) {
            assertEquals(
                    List.of(
                            "replicator|.shop-svc.data.svc.k.test|null",
                            "replicator|.shop-primary.data.svc.k.test|null",
                            "replicator|.shop-read.data.svc.k.test|null"),
                    server.query("SELECT user_name[1], address, error FROM pg_hba_file_rules"
                            + " WHERE database = '{replication}' ORDER BY line_number"));
            var standby = new LoginAttempt(LoginAttempt.REPLICATION, "replicator");
            for (var address : List.of("127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.14")) {
                assertEquals("scram-sha-256", standby.from(address, server), address);
            }
            for (var address : List.of("127.0.0.21", "127.0.0.22", "127.0.0.23", "127.0.0.24")) {
                assertEquals(LoginAttempt.REFUSED, standby.from(address, server), address);
            }
        }
    }
}
