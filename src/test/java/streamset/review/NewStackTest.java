package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class NewStackTest {
    @TempDir
    private Path folder;

    private StacksDraft project;

    @BeforeEach
    void writeProject() throws IOException {
        project = new StacksDraft(folder);
    }

    @Test
    void hasWhatTheOtherHasButForWhatIsTheOthersAlone() throws IOException {
        project.with("stacks/staging/pg_hba.conf", "local all all peer\n").with("Pulumi.staging.yaml", """
                # of staging
                encryptionsalt: v1:x
                config:
                  kubernetes:context: staging  # the old one
                  streamset:namespace: postgresql-staging
                  streamset:primary: 1
                  streamset:lost: [2]
                  # from the CLI
                  streamset:passwords:
                    postgres: {secure: v1:x}
                    replicator: {secure: v1:y}
                  streamset:parameters:
                    # nobody knows why
                    work_mem: 4MB
                    archive_command: {secure: v1:z}
                """);
        assertEquals("""
                wrote Pulumi.qa.yaml
                wrote stacks/qa/manifests.yaml
                wrote stacks/qa/pg_hba.conf
                look through it, then: pulumi stack init qa
                pulumi config set --secret --path 'streamset:passwords.postgres' "$(openssl rand -base64 24)"
                pulumi config set --secret --path 'streamset:passwords.replicator' "$(openssl rand -base64 24)"
                only staging can read streamset:parameters.archive_command; set it again: pulumi config set --secret --path 'streamset:parameters.archive_command' <value>
                """, NewStack.write(folder, "qa", "staging", ""));
        assertEquals("""
                # yaml-language-server: $schema=schema/stack.schema.json
                # of staging
                config:
                  kubernetes:context: staging  # the old one
                  streamset:namespace: postgresql-qa
                  streamset:parameters:
                    # nobody knows why
                    work_mem: 4MB
                """, project.text("Pulumi.qa.yaml"));
        assertEquals("local all all peer\n", project.text("stacks/qa/pg_hba.conf"));
        assertEquals(
                Render.snapshot(folder, "qa", folder.resolve("Pulumi.qa.yaml")),
                project.text("stacks/qa/manifests.yaml"));
    }

    @Test
    void getsANamespaceOfItsOwn() throws IOException {
        NewStack.write(folder, "qa", "prod", "");
        assertEquals("postgresql-qa", namespace("qa"));
        NewStack.write(folder, "load", "staging", "load-test");
        assertEquals("load-test", namespace("load"));
    }

    private String namespace(String stack) {
        return project.stack(stack).raw(new Problems()).values().get("streamset:namespace");
    }

    @Test
    void isNeverWrittenOverAnotherOne() throws IOException {
        project.with("stacks/prod/pg_hba.conf", "");
        assertRefused("prod", "staging", "", """
                2 problems, nothing was changed

                Pulumi.prod.yaml     = (exists)
                problem              : nothing is written over it
                fix                  : STACK=<another name>

                stacks/prod          = (exists)
                problem              : nothing is written over it
                fix                  : STACK=<another name>
                """);
    }

    @Test
    void needsAnotherOneToBeLikeAndANameOfItsOwn() throws IOException {
        assertRefused("../a b", "stagin", "", """
                2 problems, nothing was changed

                FROM                 = stagin
                problem              : there is no such stack, did you mean staging?
                fix                  : FROM=<one of: prod, staging>

                STACK                = ../a b
                problem              : is no name of a stack: letters, digits, '_', '-' and '.', 100 at most
                fix                  : STACK=<name>
                """);
    }

    @Test
    void isMadeAfterAFileWhoseValuesStandForThemselves() throws IOException {
        project.with(
                "Pulumi.staging.yaml",
                "x: &a {work_mem: 4MB}\n" + StacksDraft.STAGING + "  streamset:parameters: *a\n");
        assertRefused("qa", "staging", "", """
                1 problem, nothing was changed

                Pulumi.staging.yaml  = (an alias)
                problem              : a value that stands for another one cannot be changed alone
                fix                  : write the values out in place of the aliases
                """);
    }

    @Test
    void sharesNoNamespaceWithAnotherOne() throws IOException {
        assertRefused("qa", "staging", "postgresql-staging", """
                1 problem, nothing was changed

                NAMESPACE            = postgresql-staging
                problem              : is that of the stack staging in the same cluster
                fix                  : NAMESPACE=<another one>
                """);
    }

    @Test
    void isOneThatTheProgramTakes() throws IOException {
        assertRefused("qa", "staging", "My_Namespace", """
                1 problem, nothing was changed

                NAMESPACE            = My_Namespace
                problem              : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean my-namespace?
                fix                  : NAMESPACE=my-namespace
                """);
        assertRefused("qa", "staging", "kube-system", """
                1 problem, nothing was changed

                NAMESPACE            = kube-system
                problem              : belongs to Kubernetes itself, and a declared namespace is deleted with the stack, with everything in it
                fix                  : NAMESPACE=postgresql
                """);
    }

    @Test
    void isMadeAfterOneThatTheProgramTakes() throws IOException {
        project.with("Pulumi.staging.yaml", StacksDraft.STAGING.replace("replicas: 3", "replicas: 4"));
        assertRefused("qa", "staging", "", """
                1 problem, nothing was changed

                streamset:replicas   = 4  (in Pulumi.staging.yaml)
                problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                fix                  : pulumi config --stack staging set streamset:replicas 5
                                       or write in Pulumi.staging.yaml:4:   streamset:replicas: 5
                """);
    }

    private void assertRefused(String name, String from, String namespace, String message) throws IOException {
        var before = project.files();
        var refusal = assertThrows(BadInput.class, () -> NewStack.write(folder, name, from, namespace));
        assertEquals(message, refusal.getMessage());
        assertEquals(before, project.files());
    }
}
