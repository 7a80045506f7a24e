package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.problems.BadInput;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class CheckClaimsTest {
    private static final String CLASSES = """
            {"kind":"StorageClass","metadata":{"name":"fast"},"allowVolumeExpansion":true},
            {"kind":"StorageClass","metadata":{"name":"slow"}}
            """;

    @TempDir
    private Path folder;

    @Test
    void readsWhatKubectlFinds() throws IOException {
        check(claim("data-postgresql-sfs-0", "fast") + "," + CLASSES);
        assertEquals(
                """
                1 problem, nothing was changed

                streamset:storage.size = 20Gi
                problem                : data-postgresql-sfs-1 has 10Gi of the StorageClass slow, which does not let volumes grow (allowVolumeExpansion)
                fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                                         or if its driver can: kubectl patch storageclass slow -p '{"allowVolumeExpansion":true}'
                                         or move to another StorageClass: docs/operations.md, Growing a volume
                """,
                assertThrows(BadInput.class, () -> check(claim("data-postgresql-sfs-1", "slow") + "," + CLASSES))
                        .getMessage());
    }

    @Test
    void leavesAClassThatItMayNotSeeToTheCluster() throws IOException {
        check(claim("data-postgresql-sfs-1", "slow"));
    }

    @Test
    void findsNothingBeforeTheFirstDeployment() throws IOException {
        check(CLASSES);
    }

    private static String claim(String name, String className) {
        return """
                {"kind":"PersistentVolumeClaim","metadata":{"name":"%s"},
                 "spec":{"storageClassName":"%s","resources":{"requests":{"storage":"10Gi"}}},
                 "status":{"capacity":{"storage":"10Gi"}}}
                """.formatted(name, className);
    }

    private void check(String items) throws IOException {
        var file = folder.resolve("Pulumi.test.yaml");
        Files.writeString(file, """
                config:
                  kubernetes:context: kind
                  streamset:secretName: passwords
                  streamset:storage: {size: 20Gi}
                """);
        var found = JsonMapper.shared().readTree("{\"items\":[" + items + "]}");
        CheckClaims.check(Path.of(""), "test", file, found);
    }
}
