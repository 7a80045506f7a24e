package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.conf.RealPostgres;
import streamset.config.StackDraft;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/**
 * Whatever a stack says of replicas, memory, processor, volumes and WAL: the real server of its version starts with what
 * is computed, has nothing to complain about, and runs with just those values.
 */
@Tag("server")
class RenderedCombinationsTest {
    private static final int COMBINATIONS = 12; // of each version; the same ones in every run
    private static final String MORE_THAN_MACHINES_HAVE = "(\\d{5,}MB)"; // of shared_buffers

    private static final List<String> REPLICAS = List.of("1", "3", "5", "7", "101", "999");
    private static final List<String> MEMORY =
            List.of("256Mi", "300Mi", "512Mi", "1000M", "1Gi", "2Gi", "3500Mi", "8Gi", "16Gi", "32Gi", "64Gi", "256Gi");
    private static final List<String> CPU = List.of("50m", "500m", "1", "1500m", "2", "4", "8", "16", "64");
    private static final List<String> VOLUME = List.of("1Gi", "2Gi", "10G", "20Gi", "100Gi", "1Ti", "20Ti");
    private static final List<String> KIND = List.of("ssd", "hdd");
    private static final List<String> WAL = List.of(
            "{}",
            "{'keepSize':'64MB'}",
            "{'keepSegments':4}",
            "{'standbyOutage':'90s','writeRate':'1MB'}",
            "{'share':'50%'}",
            "{'volume':{'size':'1Gi'}}",
            "{'volume':{'size':'500Gi'},'keepSegments':640}");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void letTheServersUserIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void runEveryCombination(int major) throws Exception {
        var postgres = RealPostgres.install(major, folder);
        var random = new Random(major);
        int ran = 0;
        while (ran < COMBINATIONS) {
            var draft = draft(major, random);
            var problems = new Problems();
            var spec = ClusterSpec.of(draft.raw(), Path.of(""), "prod", problems);
            assertEquals(List.of(), problems.warnings());
            if (problems.isEmpty()) {
                assertRuns(postgres, spec, draft);
                ran++;
            } else {
                var refusal = assertThrows(BadInput.class, problems::throwIfAny).getMessage();
                assertTrue(refusal.contains("   (the smallest "), refusal); // only because too much is set
            }
        }
    }

    private static StackDraft draft(int major, Random random) {
        return StackDraft.minimal()
                .with("version", Integer.toString(major))
                .with("replicas", any(REPLICAS, random))
                .with("resources", "{\"cpu\":\"" + any(CPU, random) + "\",\"memory\":\"" + any(MEMORY, random) + "\"}")
                .with("storage", "{\"size\":\"" + any(VOLUME, random) + "\",\"kind\":\"" + any(KIND, random) + "\"}")
                .with("wal", any(WAL, random).replace('\'', '"'));
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static void assertRuns(RealPostgres postgres, ClusterSpec spec, StackDraft draft) throws Exception {
        try (var server = postgres.start(
                startable(spec.files().postgresqlConf()), spec.files().pgHbaConf())) {
            assertEquals("", complaints(server.log()), draft::toString);
            for (var setting : spec.settings().all()) {
                if (!setting.name().equals("shared_buffers") && !setting.name().equals("hba_file")) {
                    assertEquals(
                            List.of(setting.canonical()),
                            server.query("SELECT setting FROM pg_settings WHERE name = '" + setting.name() + "'"),
                            () -> setting.name() + " of " + draft);
                }
            }
        }
    }

    /** Shared memory of tens of gigabytes is more than the machine has; all else is as rendered. */
    private static String startable(String postgresqlConf) {
        return postgresqlConf.replaceFirst(
                "shared_buffers = '" + MORE_THAN_MACHINES_HAVE + "'", "shared_buffers = '1GB'");
    }

    private static String complaints(String log) {
        return log.lines()
                .filter(line -> line.matches(".*(WARNING|ERROR|FATAL|PANIC|HINT):.*"))
                .filter(line -> !line.endsWith("the database system is starting up")) // to us, who ask too early
                .collect(Collectors.joining("\n"));
    }
}
