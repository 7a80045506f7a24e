package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.RealPostgres;
import streamset.units.ByteSize;

/**
 * The formulas against the servers' own figure, with random settings: {@code -Dshared.memory.settings=5000} for more of
 * them, {@code -Dshared.memory.seed=…} for others.
 */
@Tag("server")
class SharedMemoryOnServersTest {
    private static final int SETTINGS =
            Integer.getInteger("shared.memory.settings", 15); // for each major, beside the edges
    private static final int SETTINGS_OF_A_START = 20; // to one that is started for it
    private static final int EDGES_THAT_START = 2; // the largest values need more memory than machines have
    private static final long SEED = Long.getLong("shared.memory.seed", 7);
    private static final double MB = 1 << 20;
    private static final double MOST_RATIO = 1.05;
    private static final double MOST_MORE = 8 * MB;
    private static final double LARGEST_START = 600 * MB;
    private static final String OPEN = "host all all 127.0.0.1/32 trust\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void letEverybodyIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void isNeverLessAndHardlyMore(int version) throws IOException, InterruptedException {
        agrees(version, RealPostgres.install(version, folder));
    }

    /** Debian's build knows GSSAPI, as that of the official image does, and keeps its state for each process. */
    @Test
    void isNeverLessThanDebianTakes() throws IOException, InterruptedException {
        agrees(15, RealPostgres.installDebian(folder));
    }

    /** The pages that the kernel must have for it. */
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void takesAsManyHugePagesAsAreCounted(int version) throws IOException, InterruptedException {
        var postgres = RealPostgres.install(version, folder);
        for (var server : RandomServer.edges(version)) {
            var settings = new ArrayList<>(server.settings());
            settings.add("huge_page_size=2MB");
            long real = Long.parseLong(postgres.shown("shared_memory_size_in_huge_pages", settings)
                    .orElseThrow(() -> new AssertionError("is refused: " + settings)));
            long counted = new HugePagesUse(ByteSize.ofMegabytes(2), server.numbers()).pages();
            assertTrue(real > 0, "the server does not know");
            assertTrue(counted >= real, () -> counted + " counted, " + real + " real " + settings);
            assertTrue(
                    counted <= real * MOST_RATIO + MOST_MORE / (2 * MB) + 1,
                    () -> counted + " counted, " + real + " real " + settings);
        }
    }

    private static void agrees(int version, RealPostgres postgres) throws IOException, InterruptedException {
        var verdict = new Verdict();
        var random = new Random(SEED);
        var servers = Stream.concat(
                RandomServer.edges(version).stream(),
                Stream.generate(() -> RandomServer.of(version, random)).limit(SETTINGS));
        for (var server : (Iterable<RandomServer>) servers::iterator) {
            var shown = postgres.shown("shared_memory_size", server.settings());
            double megabytes = Double.parseDouble(
                    shown.orElseThrow(() -> new AssertionError("seed " + SEED + " is refused: " + server.settings())));
            verdict.add(server, megabytes * MB);
        }
        verdict.print("PostgreSQL " + version);
    }

    /** PostgreSQL 14 does not tell before it is started. */
    @Test
    void isNeverLessAndHardlyMoreThanARunningServerHas() throws IOException, InterruptedException, SQLException {
        var postgres = RealPostgres.install(14, folder);
        var verdict = new Verdict();
        var random = new Random(SEED);
        var servers = Stream.concat(RandomServer.edges(14).stream(), Stream.generate(() -> RandomServer.of(14, random)))
                .filter(server -> server.sharedMemory() < LARGEST_START)
                .limit(EDGES_THAT_START + Math.max(2, SETTINGS / SETTINGS_OF_A_START));
        for (var server : (Iterable<RandomServer>) servers::iterator) {
            verdict.add(server, allocated(postgres, server));
        }
        verdict.print("PostgreSQL 14, started");
    }

    private static double allocated(RealPostgres postgres, RandomServer random)
            throws IOException, InterruptedException, SQLException {
        var conf = "hba_file = '/etc/postgresql/pg_hba.conf'\nlisten_addresses = '127.0.0.1'\nhuge_pages = off\n"
                + String.join(
                        "\n",
                        random.settings().stream()
                                .map(SharedMemoryOnServersTest::line)
                                .toList()) + "\n";
        try (var server = postgres.start(conf, OPEN)) {
            var sum = server.query("SELECT sum(allocated_size) FROM pg_shmem_allocations");
            assertEquals(1, sum.size());
            return Double.parseDouble(sum.get(0));
        }
    }

    private static String line(String setting) {
        int equals = setting.indexOf('=');
        return setting.substring(0, equals) + " = '" + setting.substring(equals + 1) + "'";
    }

    /** How far computed and real figures are apart. */
    private static final class Verdict {
        private int count;
        private double leastRatio = Double.MAX_VALUE;
        private double mostRatio;
        private double mostMore; // in bytes, beyond the ratio that is allowed

        void add(RandomServer server, double real) {
            count++;
            long computed = server.sharedMemory();
            assertTrue(computed >= real, () -> "less: " + shown(server, computed, real));
            assertTrue(computed <= real * MOST_RATIO + MOST_MORE, () -> "more: " + shown(server, computed, real));
            leastRatio = Math.min(leastRatio, computed / real);
            mostRatio = Math.max(mostRatio, computed / real);
            mostMore = Math.max(mostMore, computed - real * MOST_RATIO);
        }

        private static String shown(RandomServer server, double computed, double real) {
            return String.format(
                    Locale.ROOT,
                    "seed %d: %.3f MB computed, %.3f MB real %s",
                    SEED,
                    computed / MB,
                    real / MB,
                    server.settings());
        }

        void print(String what) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d settings with seed %d, computed / real %.4f … %.4f, at the most %.2f MB beyond 5 %%%n",
                    what,
                    count,
                    SEED,
                    leastRatio,
                    mostRatio,
                    mostMore / MB);
        }
    }
}
