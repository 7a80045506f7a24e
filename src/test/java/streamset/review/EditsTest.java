package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.Problem;

/** In a pull request nobody has the CLI: there the remedy is an edit. */
@Tag("unit")
class EditsTest {
    private static final String TEXT = """
            config:
              streamset:replicas: 4
              streamset:resources: {cpu: 1, memory: 1Gi} # each
              streamset:wal:
                # for long
                keepSize: 1GB
                share: 20%
            """;

    @TempDir
    private Path folder;

    private String edits(String fix) {
        var edits = new Edits(command -> new StackFiles(folder, "qa"));
        return edits.beside(new Problem("subject", "value", "reason", fix)).fix();
    }

    /** The lines of the file are not known: it is not there, or not YAML. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pulumi config set streamset:replicas 5                                 | streamset:replicas: 5
            pulumi config set --plaintext streamset:secretName passwords           | streamset:secretName: passwords
            pulumi config set --path 'streamset:storage.size' 10Gi                 | streamset:storage: {size: 10Gi}
            pulumi config set --path 'streamset:storage.size' 10Gi, the smallest   | streamset:storage: {size: 10Gi}
            pulumi config set --path 'streamset:wal.volume.size' <size>            | streamset:wal: {volume: {size: <size>}}
            pulumi config set --path 'streamset:parameters["a.b"]' 'x y'           | streamset:parameters: {a.b: "x y"}
            pulumi config set --path 'streamset:parameters.x' -- -1                | streamset:parameters: {x: -1}
            pulumi config set --path 'streamset:parameters.x' 010                  | streamset:parameters: {x: "010"}
            pulumi config set --path 'streamset:parameters.x' true                 | streamset:parameters: {x: true}
            pulumi config set --path 'streamset:lost[0]' 2                         | streamset:lost: [2]
            pulumi config rm streamset:wall                                        | delete streamset:wall
            pulumi config rm --path 'streamset:wal.keepSize'                       | delete keepSize of streamset:wal
            """)
    void areTheSameInWordsWhereTheFileIsNotKnown(String fix, String edit) {
        assertEquals(fix + "\nor in Pulumi.qa.yaml: " + edit, edits(fix));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pulumi config set streamset:replicas 5                  | or write in Pulumi.qa.yaml:2:   streamset:replicas: 5
            pulumi config set --path 'streamset:resources.memory' 2Gi   (the smallest that does; or keep less WAL) | or write in Pulumi.qa.yaml:3:   streamset:resources: {cpu: 1, memory: 2Gi} # each
            pulumi config set --path 'streamset:storage.size' <size> | or write after Pulumi.qa.yaml:7:   streamset:storage: {size: <size>}
            pulumi config set --path 'streamset:wal.segmentSize' 64MB | or write after Pulumi.qa.yaml:7:     segmentSize: 64MB
            pulumi config rm --path 'streamset:wal.keepSize'        | or delete lines 5 … 6 of Pulumi.qa.yaml
            pulumi config rm streamset:replicas                     | or delete line 2 of Pulumi.qa.yaml
            """)
    void areWholeLinesWithTheirPlaces(String fix, String edit) throws IOException {
        Files.writeString(folder.resolve("Pulumi.yaml"), "name: streamset\n");
        Files.writeString(folder.resolve("Pulumi.qa.yaml"), TEXT);
        assertEquals(fix + "\n" + edit, edits(fix));
    }

    @Test
    void areOneForEachAlternativeAndOneAfterTheOtherForSteps() throws IOException {
        var alternatives = "pulumi config set streamset:namespace postgresql; or, to leave it alone: pulumi config set"
                + " streamset:createNamespace false\nor less";
        assertEquals(alternatives + """

                or in Pulumi.qa.yaml: streamset:namespace: postgresql
                or in Pulumi.qa.yaml: streamset:createNamespace: false""", edits(alternatives));
        var steps =
                "pulumi config set streamset:replicas 5, then: pulumi up (it waits); then: pulumi config set streamset:replicas 3";
        assertEquals(steps + """

                or in Pulumi.qa.yaml: streamset:replicas: 5
                then: pulumi up (it waits)
                then in Pulumi.qa.yaml: streamset:replicas: 3""", edits(steps));
        Files.writeString(folder.resolve("Pulumi.yaml"), "name: streamset\n");
        Files.writeString(folder.resolve("Pulumi.qa.yaml"), TEXT);
        var both = "pulumi config rm streamset:replicas and pulumi config set --path 'streamset:wal.share' 30%";
        assertEquals(both + """

                or delete line 2 of Pulumi.qa.yaml
                and write in Pulumi.qa.yaml:6:     share: "30%\"""", edits(both));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete line 5 of postgresql.conf",
                "kubectl delete pod x",
                "pulumi config set --secret --path 'streamset:passwords.postgres' \"$(openssl rand -base64 24)\""
            })
    void areNoneWhereNoEditDoesIt(String fix) {
        assertEquals(fix, edits(fix));
    }
}
