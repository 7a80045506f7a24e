package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.problems.BadInput;

@Tag("unit")
class RenderTest {
    private static final Path PROJECT = Path.of("");

    @TempDir
    private Path folder;

    @Test
    void hidesPasswordsUnlessAskedNotTo() throws IOException {
        var encrypted = stackFile("""
                config:
                  kubernetes:context: kind
                  streamset:passwords: {postgres: {secure: hunter2}, replicator: {secure: hunter2}}
                """);
        var hidden = Render.yaml(PROJECT, "qa", encrypted, false);
        assertFalse(hidden.contains("hunter2") || hidden.contains("aHVudGVyMg=="));
        assertTrue(hidden.contains("  postgres: W3NlY3JldF0=\n"));

        var file = stackFile("""
                config:
                  kubernetes:context: kind
                  streamset:passwords: {postgres: hunter2, replicator: hunter2}
                """);
        var refusal = assertThrows(BadInput.class, () -> Render.yaml(PROJECT, "qa", file, false));
        assertTrue(refusal.getMessage().contains("must be stored encrypted"), refusal::getMessage);
        assertTrue(Render.yaml(PROJECT, "qa", file, true).contains("  postgres: aHVudGVyMg==\n"));
    }

    @Test
    void tellsWhatIsWrongWithAStack() throws IOException {
        var file = stackFile("config: {kubernetes:context: kind, streamset:replicas: 4}");
        var refusal = assertThrows(BadInput.class, () -> Render.yaml(PROJECT, "qa", file, false));
        assertEquals("""
                1 problem, nothing was changed

                streamset:replicas   = 4
                problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                fix                  : pulumi config set streamset:replicas 5
                """, refusal.getMessage());
    }

    @Test
    void leavesItToItsCallerToPrintWhatIsWrong() throws IOException {
        var file = stackFile("config: {kubernetes:context: kind, streamset:replicas: 4}");
        var logged = new ArrayList<String>();
        Logger.getLogger("").addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        assertThrows(BadInput.class, () -> Render.yaml(PROJECT, "qa", file, false));
        assertEquals(List.of(), logged);
    }

    @Test
    void tellsWhereAStackIsMissing() {
        var file = folder.resolve("Pulumi.qa.yaml");
        var refusal = assertThrows(BadInput.class, () -> Render.yaml(PROJECT, "qa", file, false));
        assertTrue(refusal.getMessage().contains("pulumi stack init qa"), refusal::getMessage);
    }

    private Path stackFile(String text) throws IOException {
        return Files.writeString(folder.resolve("Pulumi.qa.yaml"), text);
    }
}
