package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of its own says what no catalog can know, before any pod gets the files. */
@Tag("server")
class CheckJobTest {
    @AutoClose
    private final Pods pods = Pods.of(1);

    private final Pod pod = pods.get(0);

    @Test
    void endsWhenAServerRunsWithTheFiles() {
        assertEquals(
                "a server runs with these files\n", pod.check().mustSucceed().output());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shared_preload_libraries = 'timescaledb'  | could not access file \"timescaledb\": No such file or directory",
                "ssl = on                                  | could not load server certificate file \"server.crt\"",
                "lc_messages = 'xx_XX.UTF-9'               | invalid value for parameter \"lc_messages\": \"xx_XX.UTF-9\"",
                "listen_addresses = '192.168.10.5'         | could not create any TCP/IP sockets",
                "unix_socket_directories = '/nowhere'      | could not create lock file \"/nowhere/",
                "superuser_reserved_connections = 900      | must be less than max_connections",
                "wal_level = 'minimal'                     | WAL streaming (max_wal_senders > 0) requires wal_level",
            })
    void failsWithTheServersOwnWordsWhenNoneStarts(String line, String words) {
        pod.conf(line);
        var check = pod.check();
        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output()
                        .startsWith("no server starts with these files; nothing was changed, all pods run on with what"
                                + " they have\n"),
                check::output);
        assertTrue(check.output().contains(words), check::output);
        assertTrue(check.output().endsWith("what to do: correct the file, and deploy again\n"), check::output);
    }

    @Test
    void saysSoWhenTheServerWasKilled() {
        pods.program(
                "postgres",
                "#!/bin/sh\ncase \"$*\" in *config_file*) kill -KILL $$ ;; esac\nexec "
                        + Programs.DEBIAN.path("postgres")
                        + " \"$@\"\n"); // fake: stands for the kernel at the memory limit
        var check = pod.check();
        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output()
                        .contains("the server was ended by signal 9; 9 is sent at the memory limit of the pods\n"),
                check::output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session_preload_libraries", "local_preload_libraries"})
    void failsWhenALibraryThatEverySessionLoadsIsMissing(String parameter) {
        pod.conf(parameter + " = 'auth_nonsense'");
        var check = pod.check();
        assertEquals(1, check.exitCode(), check::output);
        assertTrue(check.output().startsWith("nobody can log in to a server with these files; "), check::output);
        assertTrue(check.output().contains("auth_nonsense"), check::output);
    }

    @Test
    void showsTheLineOfPgHbaConfThatTheServerRefuses() {
        pod.hba("host all all 10.0.0.0/33 scram-sha-256");
        var check = pod.check();
        assertEquals(1, check.exitCode(), check::output);
        assertTrue(check.output().contains("invalid CIDR mask in address \"10.0.0.0/33\""), check::output);
        assertTrue(
                check.output().contains("pg_hba.conf, line 8: host all all 10.0.0.0/33 scram-sha-256\n"),
                check::output);
    }

    @Test
    void failsWhereAServerRunsButDoesNotTakeASettingAsItIs() {
        pod.conf("default_tablespace = 'gone'");
        var check = pod.check();
        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output().startsWith("the server does not accept these files; nothing was changed, "),
                check::output);
        assertTrue(
                Pattern.compile("(?m)^postgresql.conf, line \\d+: default_tablespace = 'gone'$")
                        .matcher(check.output())
                        .find(),
                check::output);
    }

    /** Bytes that are no text, in what a server says or in a file, hid all of it from grep. */
    @ParameterizedTest
    @CsvSource({
        "work_mem = 'ä',        invalid value for parameter \"work_mem\": \"",
        "work_mem = 'x' # NUL,  invalid value for parameter \"work_mem\": \"x\"",
        "work_mem = 4MB äNUL x, 'postgresql.conf, line [0-9]+: work_mem = 4MB '",
    })
    void saysWhatIsWrongInALineThatIsNoText(String line, String words) throws IOException {
        var file = pod.conf.resolve("postgresql.conf");
        Files.writeString(file, Machine.read(file) + line.replace("NUL", "\0") + "\n", StandardCharsets.ISO_8859_1);

        var check = pod.check();

        assertEquals(1, check.exitCode(), check::output);
        assertTrue(Pattern.compile(words).matcher(check.output()).find(), check::output);
        assertFalse(check.output().contains("\0"), check::output);
    }

    @Test
    void archivesNothingAndKeepsItsLogOutOfFiles() {
        var archived = pod.volume.resolve("archived");
        pod.conf("archive_mode = on\narchive_command = 'touch " + archived + "'\nlogging_collector = on");
        pod.check().mustSucceed();
        assertFalse(Files.exists(archived));
        assertFalse(Files.exists(pod.data.resolve("log")));
    }

    @Test
    void doesNotWaitForStandbysThatItHasNot() {
        pod.conf("synchronous_standby_names = 'ANY 1 (\"db-1\")'");
        pod.check().mustSucceed();
    }

    @Test
    void endsAtOnceOnASignal() {
        pod.conf("shared_preload_libraries = 'auto_explain'");
        var check = pod.check();
        Await.until("data", () -> Files.exists(pod.data.resolve("PG_VERSION")), check::output);
        var time = check.terminate();
        assertTrue(time.toMillis() < 2000, time::toString);
        assertEquals(143, check.exitCode());
    }
}
