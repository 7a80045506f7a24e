package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What tests of backups rely on: the real pgBackRest reaches the S3 server, and notices when it is gone or hangs. */
@Tag("server")
class ObjectStoreTest {
    private static final String INFO = "cluster/archive/postgresql/archive.info";

    private Path folder;
    private ObjectStore store;
    private String program;
    private int calls;

    @BeforeEach
    void startsWithADataDirectory() throws Exception {
        folder = Files.createTempDirectory("streamset");
        Machine.give(folder);
        program = Machine.folderFrom("tools/pgbackrest.sh") + "/pgbackrest";
        store = ObjectStore.in(folder.resolve("s3"));
        run(List.of(Programs.DEBIAN.folder() + "/initdb", "-D", folder.resolve("data") + ""))
                .mustSucceed();
    }

    @AfterEach
    void removesAll() {
        store.close();
        Machine.run("rm", "-rf", folder.toString());
    }

    @Test
    void keepsEncryptedObjectsWhileItIsStopped() {
        pgbackrest("stanza-create", "--no-online").mustSucceed();
        assertTrue(store.objects().contains(INFO), () -> store.objects().toString());
        var stored = Machine.read(store.bucket().resolve(INFO));
        assertTrue(stored.startsWith("Salted__"), stored);

        store.stop();
        var gone = pgbackrest("repo-ls");
        assertEquals(49, gone.exitCode(), gone::output); // pgBackRest's number for a host without an answer
        assertTrue(gone.output().contains("Connection refused"), gone::output);

        store.start();
        var back = pgbackrest("repo-get", "archive/postgresql/archive.info").mustSucceed();
        assertTrue(back.output().contains("db-version=\"15\""), back::output);
    }

    @Test
    void isNoticedWhenItHangs() {
        store.freeze();
        var hanging = pgbackrest("repo-ls");
        assertFalse(hanging.exitCode() == 0, hanging::output);
        assertTrue(hanging.output().contains("timeout"), hanging::output);

        store.thaw();
        pgbackrest("repo-ls").mustSucceed();
    }

    @Test
    void showsACertificateThatOnlyItsOwnAuthorityHasSigned() {
        var stranger = ObjectStore.in(folder.resolve("stranger"));
        stranger.close();

        var refused = pgbackrest(stranger.authority(), "repo-ls");
        assertFalse(refused.exitCode() == 0, refused::output);
        assertTrue(refused.output().contains("certificate"), refused::output);
    }

    private Container pgbackrest(String... arguments) {
        return pgbackrest(store.authority(), arguments);
    }

    private Container pgbackrest(Path authority, String... arguments) {
        var configuration = folder.resolve("pgbackrest.conf");
        Machine.write(configuration, """
                [global]
                repo1-type=s3
                repo1-path=/cluster
                repo1-s3-bucket=%s
                repo1-s3-endpoint=%s
                repo1-s3-region=%s
                repo1-s3-uri-style=path
                repo1-storage-port=%d
                repo1-storage-ca-file=%s
                repo1-cipher-type=aes-256-cbc
                io-timeout=2
                log-level-file=off
                lock-path=%s

                [postgresql]
                pg1-path=%s
                """.formatted(
                        ObjectStore.BUCKET,
                        ObjectStore.ADDRESS,
                        ObjectStore.REGION,
                        store.port(),
                        authority,
                        folder.resolve("lock"),
                        folder.resolve("data")));
        var command = new ArrayList<>(List.of(program, "--config=" + configuration, "--stanza=postgresql"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Container run(List<String> program) {
        var command = new ArrayList<>(Machine.podCommand(Path.of("/etc/hosts")));
        command.addAll(program);
        var container = Container.run(
                command,
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "PGBACKREST_REPO1_S3_KEY",
                        ObjectStore.KEY_ID,
                        "PGBACKREST_REPO1_S3_KEY_SECRET",
                        ObjectStore.SECRET_KEY,
                        "PGBACKREST_REPO1_CIPHER_PASS",
                        "passphrase"),
                folder.resolve("output" + calls++));
        container.exitCode();
        return container;
    }
}
