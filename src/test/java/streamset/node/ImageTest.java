package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an image must have: reported in one line before data are touched. */
@Tag("server")
class ImageTest {
    @AutoClose
    private final Pods pods = Pods.of(3);

    private final Pod primary = pods.get(0);
    private final Pod standby = pods.get(1);

    @Test
    void isToldWithAllThatItLacks() throws Exception {
        for (String name : List.of("flock", "timeout")) {
            Files.delete(pods.tools().resolve(name));
        }
        pods.environment(Map.of("POSTGRES_MAJOR", "17"));
        var init = primary.init();
        assertEquals(1, init.exitCode(), init::output);
        assertTrue(
                init.output()
                        .contains(
                                "the image cannot run this cluster: it lacks flock timeout; its server is PostgreSQL 15, and"
                                        + " streamset:version is 17\n"),
                init::output);
        assertTrue(init.output().contains("docs/images.md"), init::output);
        assertFalse(Files.exists(primary.data), "data were touched");
    }

    @Test
    void isToldByTheCheckJobToo() {
        pods.environment(Map.of("POSTGRES_MAJOR", "16"));
        var check = primary.check();
        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output()
                        .startsWith(
                                "the image cannot run this cluster: its server is PostgreSQL 15, and streamset:version is 16"
                                        + " (docs/images.md); nothing was changed, all pods run on with what they have\n"),
                check::output);
    }

    /** A fake of the client program, because all that can be had here for these servers are built with SSL. */
    @Test
    void mustHaveSslWhereServersHaveACertificate() {
        pods.program(
                "psql",
                "#!/bin/sh\necho 'psql: error: sslmode value \"require\" invalid when SSL support is not compiled in' >&2\n"
                        + "exit 2\n");
        pods.encrypt(new Certificates(pods.folder().resolve("tls"), "localhost"));
        var check = primary.check();

        assertEquals(1, check.exitCode(), check::output);
        assertTrue(
                check.output()
                        .startsWith("the image cannot run this cluster: its PostgreSQL was built without SSL, which"
                                + " streamset:tls needs (docs/images.md); nothing was changed"),
                check::output);
        assertTrue(check.output().contains("what to do: set another one in streamset:image"), check::output);
    }

    @Test
    void standsInTheDocs() throws Exception {
        var docs = Files.readString(Path.of("docs/images.md"));
        for (String name : ImageTools.listed()) {
            assertTrue(docs.contains("`" + name + "`"), name);
        }
    }

    /** As in the Alpine variants. */
    @Test
    void canHaveTheProgramsOfBusyBox() {
        pods.withBusyBox();
        primary.initAndStart();
        pods.job("replicator.sh").mustSucceed();
        standby.initAndStart();
        primary.awaitStandby(standby);
        pods.primary(1);
        standby.awaitAnswer("SELECT pg_is_in_recovery()", "f");
        standby.awaitStandby(primary);
        assertEquals(
                "a server runs with these files\n",
                pods.get(2).check().mustSucceed().output());
    }
}
