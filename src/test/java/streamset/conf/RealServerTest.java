package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.Problems;
import streamset.review.RealStack;

/** The rendered files of every stack, read by real servers of every version. */
@Tag("server")
class RealServerTest {
    private static final Map<Integer, RealPostgres> INSTALLED = new HashMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static Stream<Arguments> versionsAndStacks() {
        return IntStream.rangeClosed(14, 18)
                .boxed()
                .flatMap(major -> Stream.of("dev", "staging", "prod").map(stack -> Arguments.of(major, stack)));
    }

    @ParameterizedTest(name = "PostgreSQL {0} runs as the stack {1} says")
    @MethodSource("versionsAndStacks")
    void runsWithTheFilesOfAStack(int major, String stack) throws Exception {
        var postgres = installed(major);
        var spec = rendered(major, stack);
        var files = spec.files();
        try (var server = postgres.start(files.postgresqlConf(), files.pgHbaConf())) {
            assertEquals(List.of(), confErrors(server));
            assertEquals(List.of(), hbaErrors(server));
            assertRunsWith(postgres, spec, server);
            assertEquals(List.of(files.revision()), server.query("SHOW streamset.revision"));
            assertEquals(
                    List.of(Integer.toString(major)),
                    server.query("SELECT current_setting('server_version_num')::int / 10000"));
        }
    }

    @Test
    void hasEveryCharacterOfAPinnedValue() throws Exception {
        var draft = StackDraft.minimal()
                .with(
                        "parameters",
                        "{\"log_line_prefix\":\"it's 'quoted' \\\\ # %% \\\\n größer \",\"Work_Mem\":\"2MB\"}");
        var problems = new Problems();
        var files = ClusterSpec.of(draft.raw(), Path.of(""), "prod", problems).files();
        problems.throwIfAny();
        try (var server = installed(18).start(files.postgresqlConf(), files.pgHbaConf())) {
            assertEquals(List.of("it's 'quoted' \\ # %% \\n größer "), server.query("SHOW log_line_prefix"));
            assertEquals(List.of("2MB"), server.query("SHOW work_mem"));
        }
    }

    /** Every setting is what the server runs with. */
    private static void assertRunsWith(RealPostgres postgres, ClusterSpec spec, RealPostgres.Server server)
            throws SQLException {
        assertTrue(spec.settings().all().size() > 25, spec.settings()::toString);
        for (var setting : spec.settings().all()) {
            assertEquals(
                    List.of(postgres.here(setting.canonical())),
                    server.query("SELECT setting FROM pg_settings WHERE lower(name) = '" + setting.name() + "'"),
                    setting.name());
        }
    }

    private static List<String> confErrors(RealPostgres.Server server) throws SQLException {
        return server.query("SELECT name, setting, error FROM pg_file_settings WHERE error IS NOT NULL");
    }

    private static List<String> hbaErrors(RealPostgres.Server server) throws SQLException {
        return server.query("SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL");
    }

    /** The proof that the checks above can fail. */
    @Nested
    class Notices {
        private static final int MAJOR = 18;

        private final RealPostgres postgres = installed(MAJOR);
        private final ClusterSpec spec = rendered(MAJOR, "dev");
        private final ConfFiles files = spec.files();

        Notices() throws IOException, InterruptedException {}

        @Test
        void aValueThatTheServerRefusesToStartWith() {
            var broken = files.postgresqlConf() + "work_mem = '64 MBytes'\n";
            var refusal = assertThrows(AssertionError.class, () -> postgres.start(broken, files.pgHbaConf()));
            assertTrue(
                    refusal.getMessage().contains("invalid value for parameter \"work_mem\": \"64 MBytes\""),
                    refusal::getMessage);
        }

        @Test
        void aValueThatARunningServerCanNotRead() throws Exception {
            try (var server = postgres.start(files.postgresqlConf(), files.pgHbaConf())) {
                var broken = files.postgresqlConf() + "work_mem = '64 MBytes'\n";
                Files.writeString(postgres.confFile("postgresql.conf"), postgres.here(broken));
                assertEquals(List.of("work_mem|64 MBytes|setting could not be applied"), confErrors(server));
            }
        }

        @Test
        void aLineOfPgHbaConfThatARunningServerCanNotRead() throws Exception {
            try (var server = postgres.start(files.postgresqlConf(), files.pgHbaConf())) {
                Files.writeString(postgres.confFile("pg_hba.conf"), "local all all trust\nhost all all samenet md6\n");
                assertEquals(List.of("2|invalid authentication method \"md6\""), hbaErrors(server));
            }
        }

        @Test
        void aValueThatTheServerDoesNotRunWith() throws Exception {
            var other = files.postgresqlConf() + "max_wal_senders = 21\n";
            try (var server = postgres.start(other, files.pgHbaConf())) {
                assertThrows(AssertionError.class, () -> assertRunsWith(postgres, spec, server));
            }
        }
    }

    private static RealPostgres installed(int major) throws IOException, InterruptedException {
        if (!INSTALLED.containsKey(major)) {
            INSTALLED.put(major, RealPostgres.install(major, folder));
        }
        return INSTALLED.get(major);
    }

    private static ClusterSpec rendered(int major, String stack) {
        var problems = new Problems();
        var spec = ClusterSpec.of(RealStack.ofVersion(stack, major), Path.of(""), stack, problems);
        problems.throwIfAny();
        return spec;
    }
}
