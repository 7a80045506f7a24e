package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;
import streamset.problems.BadInput;

@Tag("unit")
class PromotionTest {
    private static final String WITH_VERSION =
            StacksDraft.PROD.replace("  # the end", "  streamset:version: 17\n  # the end");

    @TempDir
    private Path folder;

    private StacksDraft project;

    @BeforeEach
    void writeProject() throws IOException {
        project = new StacksDraft(folder);
    }

    private Promotion promotion() {
        return Promotion.of(project.stack("staging"), project.stack("prod"));
    }

    @Test
    void takesVersionParametersConfFilesAndFeaturesAndLeavesSizesAlone() throws IOException {
        project.with("Pulumi.staging.yaml", StacksDraft.STAGING + """
                  streamset:version: 17
                  streamset:parameters: {work_mem: 4MB, log_line_prefix: "%m "}
                  streamset:synchronous: {standbys: 1}
                  streamset:wal: {keepSize: 152MB, volume: {size: 2Gi}}
                  streamset:primary: 1
                """)
                .with("stacks/staging/postgresql.conf", "include_base\njit = off\n");
        project.with("Pulumi.prod.yaml", StacksDraft.PROD + """
                  streamset:parameters:
                    work_mem: 8MB  # per sort
                    jit: on
                  streamset:wal: {share: 30%, keepSize: 1GB}  # a large disk
                  streamset:keepVolumes: false
                """)
                .with("stacks/prod/pg_hba.conf", "local all all peer\n");
        assertEquals("""
                # what staging is meant to do, for prod: the diff below
                #   what stays as it is         staging             prod
                #   kubernetes:context          staging             production
                #   streamset:namespace         postgresql-staging  postgresql
                #   streamset:primary           1                   0
                #   streamset:replicas          3                   5
                #   streamset:resources.cpu     1                   4
                #   streamset:resources.memory  2Gi                 16Gi
                #   streamset:wal.keepSize      152MB               1GB
                diff --git a/Pulumi.prod.yaml b/Pulumi.prod.yaml
                index #..# 100644
                --- a/Pulumi.prod.yaml
                +++ b/Pulumi.prod.yaml
                @@ -6,7 +6,9 @@ config:
                   streamset:secretName: postgresql-passwords
                   # the end
                   streamset:parameters:
                -    work_mem: 8MB  # per sort
                -    jit: on
                -  streamset:wal: {share: 30%, keepSize: 1GB}  # a large disk
                -  streamset:keepVolumes: false
                +    work_mem: 4MB  # per sort
                +    log_line_prefix: "%m "
                +  streamset:wal: {keepSize: 1GB, volume: {size: 2Gi}}  # a large disk
                +  streamset:keepVolumes: true
                +  streamset:synchronous: {standbys: 1}
                +  streamset:version: 17
                diff --git a/stacks/prod/pg_hba.conf a/stacks/prod/pg_hba.conf
                deleted file mode 100644
                index #..#
                --- a/stacks/prod/pg_hba.conf
                +++ /dev/null
                @@ -1 +0,0 @@
                -local all all peer
                diff --git b/stacks/prod/postgresql.conf b/stacks/prod/postgresql.conf
                new file mode 100644
                index #..#
                --- /dev/null
                +++ b/stacks/prod/postgresql.conf
                @@ -0,0 +1,2 @@
                +include_base
                +jit = off
                """, promotion().text().replaceAll("[0-9a-f]{7}\\.\\.[0-9a-f]{7}", "#..#"));
    }

    @Test
    void printsWhatGitApplies() throws IOException {
        project.with("Pulumi.staging.yaml", StacksDraft.STAGING + "  streamset:version: 17\n")
                .with("stacks/staging/pg_hba.conf", "# größer\nlocal all all peer")
                .with("stacks/prod/postgresql.conf", "jit = off\n");
        project.with("a.diff", promotion().text());
        var applied = new Command(
                        List.of("bash", "-c", "cd \"$0\" && git init -q && git apply a.diff", folder.toString()),
                        Map.of(),
                        Duration.ofSeconds(30))
                .run();
        assertEquals("", applied.output());
        assertEquals(0, applied.exitCode());
        assertEquals(WITH_VERSION, project.text("Pulumi.prod.yaml"));
        assertTrue(promotion().isEmpty());
        assertEquals("""
                Pulumi.prod.yaml
                Pulumi.staging.yaml
                Pulumi.yaml
                a.diff
                src/main/postgresql/pg_hba.conf
                src/main/postgresql/postgresql.conf
                stacks/prod/pg_hba.conf
                stacks/staging/pg_hba.conf""", project.files());
    }

    @Test
    void writesTheFilesAndTheReviewedObjectsWhenThatIsWanted() throws IOException {
        project.with("Pulumi.staging.yaml", StacksDraft.STAGING + "  streamset:version: 17\n")
                .with("stacks/prod/postgresql.conf", "jit = off\n");
        assertEquals(
                "to apply it: make promote FROM=staging TO=prod APPLY=yes\n",
                Promote.rest(promotion(), project.stack("prod"), false));
        assertEquals(StacksDraft.PROD, project.text("Pulumi.prod.yaml"));
        assertEquals("""
                wrote Pulumi.prod.yaml
                wrote stacks/prod/manifests.yaml
                deleted stacks/prod/postgresql.conf
                """, Promote.rest(promotion(), project.stack("prod"), true));
        assertEquals(WITH_VERSION, project.text("Pulumi.prod.yaml"));
        assertEquals(
                Render.snapshot(folder, "prod", folder.resolve("Pulumi.prod.yaml")),
                project.text("stacks/prod/manifests.yaml"));
        assertEquals("", Promote.rest(promotion(), project.stack("prod"), false));
    }

    @Test
    void saysWhenNothingDiffersButSizes() {
        assertEquals("""
                # what staging is meant to do, for prod: nothing differs
                #   what stays as it is         staging             prod
                #   kubernetes:context          staging             production
                #   streamset:namespace         postgresql-staging  postgresql
                #   streamset:replicas          3                   5
                #   streamset:resources.cpu     1                   4
                #   streamset:resources.memory  2Gi                 16Gi
                """, promotion().text());
    }

    @Test
    void keepsTheSizesOfAVolumeThatBothHave() throws IOException {
        project.with("Pulumi.staging.yaml", StacksDraft.STAGING + "  streamset:wal: {volume: {size: 2Gi}}\n")
                .with(
                        "Pulumi.prod.yaml",
                        StacksDraft.PROD + "  streamset:wal: {volume: {size: 8Gi, className: fast}}\n");
        assertTrue(promotion().isEmpty());
        assertTrue(promotion().text().contains("#   streamset:wal.volume.size       2Gi                 8Gi\n"));
    }

    @Test
    void knowsAParameterInEachSpelling() throws IOException {
        project.with("Pulumi.staging.yaml", StacksDraft.STAGING + "  streamset:parameters: {Work_Mem: 4MB}\n")
                .with("Pulumi.prod.yaml", StacksDraft.PROD + "  streamset:parameters: {WORK_MEM: 8MB}\n");
        assertTrue(promotion().text().contains("+  streamset:parameters: {WORK_MEM: 4MB}\n"));
    }

    @Nested
    class IsRefused {
        private void with(String message) {
            assertEquals(
                    message,
                    assertThrows(BadInput.class, PromotionTest.this::promotion).getMessage());
        }

        @Test
        void ofAndToStacksThatAreNot() {
            var refusal =
                    assertThrows(BadInput.class, () -> Promotion.of(project.stack("stagin"), project.stack("qa")));
            assertEquals("""
                    2 problems, nothing was changed

                    FROM                 = stagin
                    problem              : there is no such stack, did you mean staging?
                    fix                  : FROM=<one of: prod, staging>

                    TO                   = qa
                    problem              : there is no such stack
                    fix                  : TO=<one of: prod, staging>
                    """, refusal.getMessage());
        }

        @Test
        void toTheStackItself() {
            var refusal =
                    assertThrows(BadInput.class, () -> Promotion.of(project.stack("prod"), project.stack("prod")));
            assertEquals("""
                    1 problem, nothing was changed

                    TO                   = prod
                    problem              : is the stack FROM itself
                    fix                  : TO=<another stack>
                    """, refusal.getMessage());
        }

        @Test
        void whenTheResultCouldNotBeUsed() throws IOException {
            project.with("Pulumi.staging.yaml", StacksDraft.STAGING + "  streamset:synchronous: {standbys: 2}\n")
                    .with("Pulumi.prod.yaml", StacksDraft.PROD.replace("replicas: 5", "replicas: 1"));
            with("""
                    1 problem, nothing was changed

                    streamset:synchronous.standbys = 2  (in Pulumi.prod.yaml, as staging would have it)
                    problem                        : must be a whole number of standbys, 0 … 0: 1 pod has no standby, and with more required no commit would ever be acknowledged
                    fix                            : pulumi config --stack staging set --path 'streamset:synchronous.standbys' 0
                                                     or write in Pulumi.staging.yaml:7:   streamset:synchronous: {standbys: 0}
                    """);
        }

        @Test
        void fromAStackThatCannotBeUsedWhichIsNamed() throws IOException {
            project.with("Pulumi.staging.yaml", StacksDraft.STAGING.replace("replicas: 3", "replicas: 4"));
            with("""
                    1 problem, nothing was changed

                    streamset:replicas   = 4  (in Pulumi.staging.yaml)
                    problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                    fix                  : pulumi config --stack staging set streamset:replicas 5
                                           or write in Pulumi.staging.yaml:4:   streamset:replicas: 5
                    """);
        }

        @Test
        void toAStackThatCannotBeUsedWhichIsNamed() throws IOException {
            project.with("Pulumi.prod.yaml", StacksDraft.PROD.replace("replicas: 5", "replicas: {secure: v1:x}"));
            with("""
                    1 problem, nothing was changed

                    %s/Pulumi.prod.yaml:4 = streamset:replicas
                    problem%2$s : must be a whole number; this is encrypted, so its value is not known
                    fix%2$s     : write a whole number, or delete the line
                    """.formatted(folder, " ".repeat((folder + "/Pulumi.prod.yaml:4").length() - "problem".length())));
        }

        @Test
        void forAConfFileOfTheStackThatHasIt() throws IOException {
            project.with("stacks/staging/postgresql.conf", "shared_buffers = 1GB\n")
                    .with("Pulumi.prod.yaml", StacksDraft.PROD.replace("memory: 16Gi", "memory: 1Gi"));
            var refusal = assertThrows(BadInput.class, PromotionTest.this::promotion);
            var problem = refusal.problems().get(0);
            assertEquals("stacks/staging/postgresql.conf:1", problem.subject());
            assertTrue(problem.fix().startsWith("write in stacks/staging/postgresql.conf:1: "), problem.fix());
            assertTrue(
                    problem.fix().contains("pulumi config --stack prod set --path 'streamset:resources.memory' "),
                    problem.fix());
        }

        @Test
        void whenAValueIsEncrypted() throws IOException {
            project.with(
                    "Pulumi.staging.yaml",
                    StacksDraft.STAGING + "  streamset:parameters: {archive_command: {secure: v1:x}}\n");
            with("""
                    1 problem, nothing was changed

                    Pulumi.prod.yaml     = streamset:parameters.archive_command = [secret]
                    problem              : is encrypted, and nobody but the stack that has it can read it
                    fix                  : pulumi config --stack prod set --secret --path 'streamset:parameters.archive_command' <value>
                    """);
        }

        @Test
        void whenValuesOfTheFileStandForOthers() throws IOException {
            project.with(
                    "Pulumi.prod.yaml", "x: &a {work_mem: 8MB}\n" + StacksDraft.PROD + "  streamset:parameters: *a\n");
            with("""
                    1 problem, nothing was changed

                    Pulumi.prod.yaml     = (an alias)
                    problem              : a value that stands for another one cannot be changed alone
                    fix                  : write the values out in place of the aliases
                    """);
        }
    }
}
