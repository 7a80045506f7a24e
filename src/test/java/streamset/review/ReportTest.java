package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.problems.Problem;

/** In a pull request nobody has the CLI: there the remedy is an edit. */
@Tag("unit")
class ReportTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pulumi config set streamset:replicas 5                                 | streamset:replicas: 5
            pulumi config set --plaintext streamset:secretName passwords           | streamset:secretName: passwords
            pulumi config set --path 'streamset:storage.size' 10Gi                 | streamset:storage: {size: 10Gi}
            pulumi config set --path 'streamset:storage.size' 10Gi, the smallest   | streamset:storage: {size: 10Gi}, the smallest
            pulumi config set --path 'streamset:wal.volume.size' <size>            | streamset:wal: {volume: {size: <size>}}
            pulumi config set --path 'streamset:parameters["a.b"]' 'x y'           | streamset:parameters: {a.b: "x y"}
            pulumi config set --path 'streamset:parameters.x' -- -1                | streamset:parameters: {x: -1}
            pulumi config set --path 'streamset:parameters.x' 010                  | streamset:parameters: {x: "010"}
            pulumi config set --path 'streamset:parameters.x' true                 | streamset:parameters: {x: true}
            pulumi config set --path 'streamset:lost[0]' 2                         | streamset:lost: [2]
            pulumi config rm streamset:wall                                        | delete streamset:wall
            pulumi config rm --path 'streamset:wal.keepSize'                       | delete keepSize of streamset:wal
            pulumi config set streamset:replicas 5, then: pulumi up; then: pulumi config set streamset:replicas 3 | streamset:replicas: 5, then: pulumi up; then: streamset:replicas: 3
            """)
    void tellsEachCommandAsAnEditToo(String fix, String edit) {
        var problem = Report.withEdit(new Problem("subject", "value", "reason", fix), Path.of("Pulumi.qa.yaml"));
        assertEquals(fix + "\nor in Pulumi.qa.yaml: " + edit, problem.fix());
    }

    @ParameterizedTest
    @CsvSource({"delete line 5 of postgresql.conf", "kubectl delete pod x"})
    void leavesOtherRemediesAlone(String fix) {
        assertEquals(
                fix,
                Report.withEdit(new Problem("subject", "value", "reason", fix), Path.of("x"))
                        .fix());
    }
}
