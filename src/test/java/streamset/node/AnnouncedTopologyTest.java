package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A role that may write files on the server's side writes the one by which a running node learns what is declared. */
@Tag("server")
class AnnouncedTopologyTest {
    private static final int TWO_LOOKS_MILLISECONDS = 2_500; // of start.sh

    @AutoClose
    private final Pods pods = Pods.of(2);

    private final Pod primary = pods.get(0).withDataOfAPrimary();
    private final Path pwned = primary.volume.resolve("pwned");
    private final Path announced = primary.volume.resolveSibling("run/streamset.topology");
    private Container node;

    @BeforeEach
    void aWriterIsThere() {
        node = primary.hba("host postgres writer all scram-sha-256").initAndStart();
        primary.ask("CREATE ROLE writer LOGIN PASSWORD 'writer-secret' IN ROLE pg_write_server_files");
    }

    private void writes(Path file, String... lines) throws SQLException {
        try (var connection = primary.connect("writer", "writer-secret");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT unnest(ARRAY['" + String.join("','", lines) + "'])) TO '" + file + "'");
        }
    }

    private void assertRefused(String problem) throws InterruptedException {
        var line = announced + " is refused: " + problem;
        node.awaitSaying(line);
        Thread.sleep(TWO_LOOKS_MILLISECONDS);
        assertEquals(1, Collections.frequency(node.said(), line), node.output());
        assertStillWrites();
    }

    private void assertStillWrites() {
        assertEquals("f", primary.ask("SELECT pg_is_in_recovery()"));
        assertFalse(Files.exists(pwned));
    }

    @Test
    void commandsAreNeverExecuted() throws Exception {
        writes(announced, "touch " + pwned);

        assertRefused("line 1 must be primary=… with an ordinal");
    }

    @Test
    void commandsInPlaceOfAValueAreNeverExecuted() throws Exception {
        writes(announced, "primary=0", "lost=a[$(touch " + pwned + ")]", "keep_diverged=false", "generation=99");

        assertRefused("line 2 must be lost=… with ordinals with one blank between, or nothing");
    }

    @Test
    void aFileThatIsNotCompleteIsRefused() throws Exception {
        writes(announced, "primary=1", "lost=0", "keep_diverged=false");

        assertRefused("it ends before the end of line 4, which must be generation=…");
    }

    @Test
    void anOlderDeclarationDoesNotHold() throws Exception {
        pods.primary(0); // generation 2
        writes(announced, "primary=1", "lost=0", "keep_diverged=false", "generation=1");

        Thread.sleep(TWO_LOOKS_MILLISECONDS);
        assertStillWrites();
        assertEquals(List.of(), node.said());
    }

    @Test
    void noOtherFileThatSuchARoleCanWriteIsExecuted() throws Exception {
        var temporary = primary.volume.resolveSibling("tmp");
        for (String name : List.of("topology.sh", "topology", "streamset.topology", "answer", "complaint", "busy")) {
            writes(temporary.resolve(name), "touch " + pwned);
        }

        Thread.sleep(TWO_LOOKS_MILLISECONDS);
        assertStillWrites();
        assertEquals(List.of(), node.said());
    }
}
