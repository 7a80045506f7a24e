package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ConfigTableTest {
    @Test
    void saysInTheReadmeWhatPulumiYamlSays() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var current = ConfigTable.inserted(readme, Files.readString(Path.of("Pulumi.yaml")));
        assertEquals(
                "",
                LineDiff.of(readme, current),
                "the configuration table of README.md is stale; write it again: make docs");
    }

    @Test
    void hasARowForEveryKeyAndLeavesTheRestOfTheReadmeAlone() {
        assertEquals("""
                before
                <!-- the configuration table: make docs -->
                | key | type | default | meaning |
                |---|---|---|---|
                | `a:name` | string | `one` | the &lt;name> |
                | `a:image` | string | none | the image |
                | `a:wal` | object | none | the WAL |
                | `a:storage` | object | `{"size":"10Gi"}` | the volume |
                <!-- end of the configuration table -->
                after
                """, ConfigTable.inserted("""
                before
                <!-- the configuration table: make docs -->
                old
                <!-- end of the configuration table -->
                after
                """, """
                config:
                  a:name: {type: string, default: one, description: the <name>}
                  a:image: {type: string, default: "", description: the image}
                  a:wal: {type: object, default: {}, description: the WAL}
                  a:storage: {type: object, default: {size: 10Gi}, description: the volume}
                """));
    }
}
