package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class ChangePlanTest {
    private static final Path PROJECT = Path.of("");
    private static final String STACK_FILE = """
            config:
              kubernetes:context: kind
              streamset:replicas: 3
              streamset:parameters: {work_mem: 1MB, max_connections: 20}
            """;

    @TempDir
    private Path folder;

    private String reviewed;

    @BeforeEach
    void isReviewed() throws IOException {
        reviewed = Render.snapshot(PROJECT, "qa", stackFile(STACK_FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void findsNothingInAStackThatIsAsReviewed(String stack) throws IOException {
        var manifests = Files.readString(PROJECT.resolve("stacks/" + stack + "/manifests.yaml"));
        var plan = ChangePlan.text(
                PROJECT, stack, PROJECT.resolve("Pulumi." + stack + ".yaml"), manifests, "HEAD", new Problems());
        assertEquals("changes since HEAD: none\n", plan);
    }

    @Test
    void tellsWhatAnUpdateWillDo() throws IOException {
        assertEquals("""
                changes since HEAD~1: no pause

                  setting   from  to     by
                  work_mem  1MB   512kB  reload

                  pg_hba.conf, by reload
                    + host replication replicator postgresql-sfs-3.postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                    + host replication replicator postgresql-sfs-4.postgresql-svc.postgresql.svc.cluster.local scram-sha-256

                  steps
                    1. every pod gets the conf files within about a minute, and its server reads them: no pause
                    2. postgresql-sfs-3, postgresql-sfs-4 start as standbys, by a clone or with the data that an earlier scaling down left: no pause

                  replaced: nothing but Jobs; all volumes stay, with their data
                """, plan(STACK_FILE.replace("1MB", "512kB").replace("replicas: 3", "replicas: 5")));
    }

    @Test
    void doesNotKnowWhatBecomesOfVolumes() throws IOException {
        assertEquals("""
                changes since HEAD~1: no pause

                  pg_hba.conf, by reload
                    - host replication replicator postgresql-sfs-1.postgresql-svc.postgresql.svc.cluster.local scram-sha-256
                    - host replication replicator postgresql-sfs-2.postgresql-svc.postgresql.svc.cluster.local scram-sha-256

                  steps
                    1. every pod gets the conf files within about a minute, and its server reads them: no pause
                    2. postgresql-sfs-2, postgresql-sfs-1 and their slots go; their volumes stay, unless streamset:keepVolumes was false: no pause

                  replaced: nothing but Jobs; all other volumes stay, with their data
                """, plan(STACK_FILE.replace("replicas: 3", "replicas: 1")));
    }

    @Test
    void tellsOfAFirstDeploymentWhenNothingWasReviewed() throws IOException {
        reviewed = "";
        assertEquals("""
                first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0 as primary and 2 standbys, each with 10Gi.
                Volumes that an earlier cluster of this name has left are used again, with their data.
                """, plan(STACK_FILE));
    }

    @Test
    void refusesWhatCostsData() {
        assertRefused("""
                1 problem, nothing was changed

                streamset:storage.size = 5Gi
                problem                : the volumes have 10Gi, and volumes do not shrink
                fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                """, STACK_FILE + "  streamset:storage: {size: 5Gi}\n");
    }

    @Test
    void saysWhatToDoWhenTheReviewedObjectsAreNone() {
        reviewed = "kind: Pod\n";
        assertRefused("""
                1 problem, nothing was changed

                stacks/qa/manifests.yaml = as of HEAD~1
                problem                  : is no rendering of a stack: there is neither a StatefulSet nor a volume in it
                fix                      : make snapshots, and commit what it writes; or name another revision: BASE=<revision>
                """, STACK_FILE);
    }

    private void assertRefused(String message, String stackFile) {
        assertEquals(
                message, assertThrows(BadInput.class, () -> plan(stackFile)).getMessage());
    }

    private String plan(String stackFile) throws IOException {
        return ChangePlan.text(PROJECT, "qa", stackFile(stackFile), reviewed, "HEAD~1", new Problems());
    }

    private Path stackFile(String text) throws IOException {
        return Files.writeString(folder.resolve("Pulumi.qa.yaml"), text);
    }
}
