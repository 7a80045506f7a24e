package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;

/** What messages say about settings without effect, and those with which no server starts, is true of the servers. */
@Tag("server")
class UnheededOnServersTest {
    private static final int FIRST_WITH_STATUS = 17;

    @TempDir
    private Path folder;

    @BeforeEach
    void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void isAsWarned(int major) throws Exception {
        var postgres = RealPostgres.install(major, folder);
        for (var set : List.of("Default", "Australia", "India")) {
            assertEquals(Optional.of(set), postgres.configured("timezone_abbreviations", set));
        }
        for (var set : List.of("default", "India.txt", "", "Europe")) {
            assertEquals(Optional.empty(), postgres.configured("timezone_abbreviations", set), set);
        }
        var conf = """
                hba_file = '/etc/postgresql/pg_hba.conf'
                listen_addresses = '127.0.0.1'
                include_if_exists = '/etc/no-such-file.conf'
                pg_stat_statements.max = many
                auto_explain.log_analyze = 2
                """;
        try (var server = postgres.start(conf, "host all all 127.0.0.1/32 trust\n")) {
            assertEquals(List.of("many"), server.query("SHOW pg_stat_statements.max"));
            assertTrue(
                    server.log().contains("skipping missing configuration file \"/etc/no-such-file.conf\""),
                    server::toString);
        }
    }

    /** A container that has requested no huge pages may use none, like a machine that has none. */
    @ParameterizedTest
    @CsvSource({"14, try", "14, off", "18, try", "18, off"})
    void startsOnNormalPagesUnlessHugeOnesAreDemanded(int major, String hugePages) throws Exception {
        assumeTrue(
                Files.readString(Path.of("/proc/meminfo")).contains("HugePages_Total:       0\n"),
                "there are huge pages");
        var conf = "hba_file = '/etc/postgresql/pg_hba.conf'\nlisten_addresses = '127.0.0.1'\nhuge_pages = %s\n"
                .formatted(hugePages);
        var postgres = RealPostgres.install(major, folder);
        try (var server = postgres.start(conf, "host all all 127.0.0.1/32 trust\n")) {
            assertEquals(List.of(hugePages), server.query("SHOW huge_pages"));
            if (major >= FIRST_WITH_STATUS) {
                assertEquals(List.of("off"), server.query("SHOW huge_pages_status"));
            }
        }
    }
}
