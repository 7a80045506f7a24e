package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.problems.Problems;

/** What PostgreSQL takes, and no pod has. */
@Tag("unit")
class PodChecksTest {
    private static final String OWN_IMAGE = "registry.example.org/team/postgres:15-extended";

    @TempDir
    private Path folder;

    private ProjectDraft project;

    @BeforeEach
    void writeProject() {
        project = ProjectDraft.in(folder);
    }

    private static StackDraft of(int version) {
        return StackDraft.minimal().with("version", Integer.toString(version));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            15 | listen_addresses = '192.168.10.5'
            15 | listen_addresses = 'localhost'
            15 | listen_addresses = 'localhost, 10.0.0.7'
            15 | listen_addresses = 'postgresql-sfs-0'
            15 | listen_addresses = ''
            """)
    void refusesAddressesThatNoPodHas(int version, String line) {
        isRefused(
                line,
                "must be '*', which matches every address of a pod: with others no server starts, or standbys, Jobs and"
                        + " applications do not reach it",
                "",
                of(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'*'", "'0.0.0.0'", "'::'", "'localhost, *'", "'0.0.0.0,::'"})
    void takesAllAddresses(String addresses) {
        isTaken("listen_addresses = " + addresses, of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shared_preload_libraries = timescaledb                       | timescaledb
            shared_preload_libraries = 'timescaledb'                     | timescaledb
            shared_preload_libraries = '"$libdir/pgaudit", citus.so'     | $libdir/pgaudit, citus.so
            shared_preload_libraries = 'sepgsql'                         | sepgsql
            shared_preload_libraries = 'pg_overexplain'                  | pg_overexplain
            """)
    void refusesLibrariesThatTheOfficialImageLacks(String line, String names) {
        isRefused(
                line,
                "the official image has no library " + names + ": no server would start",
                "; or build an image on docker.io/library/postgres:15 that has it: pulumi config set"
                        + " streamset:image <image>",
                of(15));
    }

    @Test
    void leavesTheLibrariesThatItHas() {
        project.base("postgresql.conf", "shared_preload_libraries = 'pg_stat_statements, pg_cron,auto_explain'\n")
                .isRefusedWith(
                        report(
                                "shared_preload_libraries = 'pg_stat_statements, pg_cron,auto_explain'",
                                "the official image has no library pg_cron: no server would start",
                                "write in src/main/postgresql/postgresql.conf:1: shared_preload_libraries ="
                                        + " 'pg_stat_statements, auto_explain'; or build an image on"
                                        + " docker.io/library/postgres:15 that has it: pulumi config set streamset:image"
                                        + " <image>"),
                        of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            session_preload_libraries = pgaudit               | pgaudit
            local_preload_libraries = auto_explain            | auto_explain
            local_preload_libraries = '$libdir/plugins/mine'  | $libdir/plugins/mine
            archive_library = pgbackrest                      | pgbackrest
            """)
    void refusesLibrariesOfSessionsAndOfTheArchiver(String line, String names) {
        isRefused(
                line,
                "the official image has no library " + names + ": nobody could log in, or nothing would be archived",
                "; or build an image on docker.io/library/postgres:15 that has it: pulumi config set"
                        + " streamset:image <image>",
                of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            15 | shared_preload_libraries = 'pg_stat_statements'
            15 | shared_preload_libraries = 'pg_stat_statements, auto_explain,pg_prewarm'
            15 | shared_preload_libraries = '$libdir/pg_stat_statements.so'
            15 | shared_preload_libraries = ''
            15 | session_preload_libraries = 'auto_explain'
            15 | archive_library = basic_archive
            16 | shared_preload_libraries = old_snapshot
            18 | shared_preload_libraries = pg_overexplain
            """)
    void takesLibrariesThatItHas(int version, String line) {
        isTaken(line, of(version));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shared_preload_libraries = 'timescaledb' | the image must have the library timescaledb; the official one does not have it
            archive_library = pgbackrest             | the image must have the library pgbackrest; the official one does not have it
            """)
    void warnsOfLibrariesOfOtherImages(String line, String warning) {
        isWarnedOf(line, warning, of(15).with("image", OWN_IMAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl = on",
                "ssl = true\nssl_cert_file = 'server.crt'\nssl_key_file = 'server.key'",
                "ssl = on\nssl_cert_file = '/etc/ssl/certs/ssl-cert-snakeoil.pem'",
            })
    void refusesTlsWithoutACertificate(String lines) {
        isRefused(
                lines,
                "the pods have no certificate, so no server would start",
                "; for TLS, with a Secret: pulumi config set --plaintext --path 'streamset:tls.secretName' postgresql-tls",
                of(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl = off", "ssl_cert_file = 'server.crt'", "ssl_ca_file = '/etc/ca.crt'"})
    void takesWhatDoesNotTurnTlsOn(String line) {
        isTaken(line, of(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl = on\nssl_cert_file = '/tls/server.crt'\nssl_key_file = '/tls/server.key'"})
    void warnsOfACertificateInAnImage(String lines) {
        isWarnedOf(
                lines,
                "the certificate and its key must be in the image, readable only by its user",
                of(15).with("image", OWN_IMAGE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lc_messages = 'de_DE.UTF-8'
            lc_monetary = German
            lc_time = 'en_US.ISO-8859-1'
            lc_numeric = 'en_GB.UTF-8'
            """)
    void refusesLocalesThatTheOfficialImageLacks(String line) {
        var name = line.substring(0, line.indexOf(' '));
        var shown = shown(line);
        project.base("postgresql.conf", line + "\n")
                .isRefusedWith(
                        report(
                                shown,
                                "the official image has no such locale, only C, C.UTF-8, en_US.UTF-8 and POSIX: no server would start",
                                "write in src/main/postgresql/postgresql.conf:1: " + name + " = C.UTF-8"),
                        of(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "'C.UTF-8'", "'C.utf8'", "'en_US.UTF-8'", "'en_US.utf8'", "''"})
    void takesLocalesThatItHas(String locale) {
        isTaken("lc_messages = " + locale, of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            15 | huge_pages = on               | the pods have no huge pages without streamset:resources.hugePages, so no server would start; with try or off it takes normal pages
            15 | bonjour = on                  | no server for Linux is built with Bonjour, so none would start
            15 | max_stack_depth = 8MB         | a container's processes have a stack of 8 MB, of which PostgreSQL needs 512 kB free: no server would start
            15 | unix_socket_group = www-data  | the server's user is in no such group, so no server would start
            15 | unix_socket_permissions = 0   | must let the server's own user connect (0700, for example): the probes do so
            15 | unix_socket_permissions = 070 | must let the server's own user connect (0700, for example): the probes do so
            15 | db_user_namespace = on        | would turn postgres and replicator into other roles, and neither standbys nor Jobs could log in
            15 | pre_auth_delay = 1            | delays every login, also those of probes, Jobs and standbys, which do not wait that long
            18 | post_auth_delay = 30s         | delays every login, also those of probes, Jobs and standbys, which do not wait that long
            """)
    void refusesWhatTheHostOrTheLoginsOfTheProgramForbid(int version, String line, String reason) {
        isRefused(line, reason, "", of(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "huge_pages = try",
                "bonjour = off",
                "max_stack_depth = 7680kB",
                "unix_socket_group = postgres",
                "unix_socket_permissions = 0700",
                "db_user_namespace = off",
                "pre_auth_delay = 0",
            })
    void takesWhatDoesNoHarm(String line) {
        isTaken(line, of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pgbackrest --stanza=main archive-push %p          | pgbackrest
            envdir /etc/wal-e.d/env wal-g wal-push "%p"       | envdir
            /usr/bin/rsync -a %p backup:/wal/%f               | /usr/bin/rsync
            aws s3 cp %p s3://bucket/%f                       | aws
            test ! -f /tmp/%f && wal-g wal-push %p            | wal-g
            AWS_REGION=eu wal-g wal-push %p                   | wal-g
            /usr/bin/env wal-g wal-push %p                    | wal-g
            bash -c "wal-g wal-push %p"                       | wal-g
            timeout 60 pgbackrest archive-push %p             | pgbackrest
            gzip < %p ; ssh backup cat                        | ssh
            /usr/local/bin/archive.sh %p %f                   | /usr/local/bin/archive.sh
            """)
    void refusesToArchiveWithProgramsThatTheOfficialImageLacks(String command, String program) {
        isRefused(
                "archive_command = '" + command + "'",
                "the official image has no " + program
                        + ": nothing would be archived, and pg_wal would grow until its volume is full",
                "; or build an image on docker.io/library/postgres:15 that has it: pulumi config set"
                        + " streamset:image <image>",
                of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cp %p /archive/%f                          | /archive/%f
            test ! -f /db/pg_data/%f && cp %p /db/x/%f | /db/pg_data/%f
            """)
    void refusesToArchiveWhereNothingCanBeWritten(String command, String target) {
        isRefused(
                "archive_command = '" + command + "'",
                "the file system of the pods is read-only, and they have no volume at " + target
                        + ": nothing would be archived, and pg_wal would grow until its volume is full",
                "",
                of(15));
    }

    @Test
    void takesTheArchiveModeBackWithTheCommand() {
        project.base("postgresql.conf", "archive_command = 'wal-g wal-push %p'\narchive_mode = on\n")
                .isRefusedWith(
                        report(
                                "archive_command = 'wal-g wal-push %p'",
                                "the official image has no wal-g: nothing would be archived, and pg_wal would grow until its"
                                        + " volume is full",
                                "delete line 1 of src/main/postgresql/postgresql.conf and delete line 2 of"
                                        + " src/main/postgresql/postgresql.conf; or build an image on"
                                        + " docker.io/library/postgres:15 that has it: pulumi config set streamset:image"
                                        + " <image>"),
                        of(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'gzip < %p > /tmp/%f'", "'/bin/true'", "''", "'cp %p /var/lib/postgresql/data/wal/%f'"})
    void takesOtherCommands(String command) {
        isTaken("archive_command = " + command, of(15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            timezone = 'Mars/Olympus'
            log_timezone = 'Europe/Berlinn'
            """)
    void refusesTimeZonesThatNobodyKnows(String line) {
        isRefused(line, "is not a time zone that PostgreSQL knows: no server would start", "", of(15));
    }

    @Test
    void refusesIoUring() {
        project.base("postgresql.conf", "io_method = io_uring\n")
                .isRefusedWith(
                        report(
                                "io_method = io_uring",
                                "the pods run with their runtime's default seccomp profile, and most of these forbid io_uring, so no"
                                        + " server would start; nor was it measured how much of the container's memory its"
                                        + " queues use",
                                "write in src/main/postgresql/postgresql.conf:1: io_method = worker"),
                        of(18));
        isTaken("io_method = sync", of(18));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "'India.txt'", "''", "Europe"})
    void refusesAbbreviationsThatTheOfficialImageLacks(String value) {
        isRefused(
                "timezone_abbreviations = " + value,
                "the official image has no such set of abbreviations, only Default, Australia and India: no server would"
                        + " start",
                "",
                of(18));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Default", "'Australia'", "India"})
    void takesAbbreviationsThatItHas(String value) {
        isTaken("timezone_abbreviations = " + value, of(14));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Europe/Zurich'",
                "europe/zurich",
                "UTC",
                "'America/Argentina/Buenos_Aires'",
                "'EST5EDT'",
                "'Etc/GMT+5'"
            })
    void takesTimeZones(String zone) {
        isTaken("timezone = " + zone, of(15));
    }

    @Test
    void refusesAFolderForStatisticsThatNoPodHas() {
        isRefused(
                "stats_temp_directory = '/var/run/postgresql/14-main.pg_stat_tmp'",
                "the pods have no such folder: nothing would be counted, so autovacuum would never run",
                "",
                of(14));
        isTaken("stats_temp_directory = 'pg_stat_tmp'", of(14));
    }

    private static String shown(String lines) {
        return lines.split("\n")[0].replaceFirst("'([\\w.+-]+)'$", "$1"); // what needs no quotes is shown without
    }

    private static String report(String shown, String reason, String fix) {
        return """
                1 problem, nothing was changed

                src/main/postgresql/postgresql.conf:1 = %s
                problem                               : %s
                fix                                   : %s
                """.formatted(shown, reason, fix);
    }

    private void isRefused(String lines, String reason, String moreFix, StackDraft stack) {
        var fix = "delete line 1 of src/main/postgresql/postgresql.conf" + moreFix;
        project.base("postgresql.conf", lines + "\n").isRefusedWith(report(shown(lines), reason, fix), stack);
    }

    private Problems problems(String lines, StackDraft stack) {
        var problems = new Problems();
        project.base("postgresql.conf", lines + "\n");
        ClusterSpec.of(stack.raw(), folder, ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return problems;
    }

    private void isTaken(String line, StackDraft stack) {
        assertEquals(0, problems(line, stack).warnings().size());
    }

    private void isWarnedOf(String line, String reason, StackDraft stack) {
        assertEquals(reason, problems(line, stack).warnings().get(0).reason());
    }
}
