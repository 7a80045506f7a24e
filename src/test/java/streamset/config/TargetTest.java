package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class TargetTest {
    @Test
    void isTheContextThatTheStackNames() {
        var target = target(StackDraft.empty().with("kubernetes:context", "kind"));
        assertEquals(new Target("kind", Optional.empty()), target);
        assertEquals("kubectl --context kind", target.kubectl());
    }

    @Test
    void hasTheKubeconfigThatTheStackNames() {
        var draft = StackDraft.empty().with("kubernetes:context", "kind").with("kubernetes:kubeconfig", "/k/config");
        assertEquals(new Target("kind", Optional.of("/k/config")), target(draft));
    }

    @Test
    void isChosenByArgumentsOfKubectl(@TempDir Path folder) throws IOException {
        var file = folder.resolve("kubeconfig");
        var draft = StackDraft.empty().with("kubernetes:context", "kind of");
        assertEquals(List.of("kubectl", "--context", "kind of"), target(draft).kubectlCommand(file));
        assertEquals(
                List.of("kubectl", "--context", "kind of", "--kubeconfig", "/k/config"),
                target(draft.with("kubernetes:kubeconfig", "/k/config")).kubectlCommand(file));
        assertFalse(Files.exists(file));
        var contents = "apiVersion: v1\nkind: Config\n";
        assertEquals(
                List.of("kubectl", "--context", "kind of", "--kubeconfig", file.toString()),
                target(draft.withSecret("kubernetes:kubeconfig", contents)).kubectlCommand(file));
        assertEquals(contents, Files.readString(file));
    }

    @Test
    void hasNoKubeconfigInClearText() {
        for (var contents : List.of("apiVersion: v1\nkind: Config\n", "{\"kind\": \"Config\"}")) {
            var draft = StackDraft.empty().with("kubernetes:context", "kind").with("kubernetes:kubeconfig", contents);
            var refusal = assertThrows(BadInput.class, () -> target(draft));
            assertEquals("""
                    1 problem, nothing was changed

                    kubernetes:kubeconfig = [clear text]
                    problem               : it lets anyone who reads it act as its users, so it must be stored encrypted
                    fix                   : pulumi config set --secret kubernetes:kubeconfig "$(cat ~/.kube/config)"
                    """, refusal.getMessage());
        }
    }

    @Test
    void hasNoKubeconfigOfWhichAPartIsInClearText() {
        var draft = StackDraft.empty()
                .with("kubernetes:context", "kind")
                .withSecret("kubernetes:kubeconfig", "{\"users\": []}")
                .inClearText("kubernetes:kubeconfig.users[0].user.client-key-data");
        assertThrows(BadInput.class, () -> target(draft));
        assertThrows(
                BadInput.class,
                () -> target(
                        StackDraft.empty().with("kubernetes:context", "kind").with("kubernetes:kubeconfig", "{}")));
    }

    @Test
    void mustBeNamed() {
        var refusal = assertThrows(BadInput.class, () -> target(StackDraft.empty()));
        assertEquals("""
                1 problem, nothing was changed

                kubernetes:context   = (not set)
                problem              : the cluster must be named, so that nothing is deployed to whatever context is the current one
                fix                  : pulumi config set kubernetes:context <one of: kubectl config get-contexts -o name>
                """, refusal.getMessage());
    }

    @Test
    void mustBeNamedWithMoreThanAnEmptyText() {
        assertThrows(BadInput.class, () -> target(StackDraft.empty().with("kubernetes:context", "")));
    }

    @Test
    void isInTheCommandsQuotedForTheShell() {
        assertEquals(
                "kubectl --kubeconfig /k/config --context 'my cluster'",
                new Target("my cluster", Optional.of("/k/config")).kubectl());
        assertEquals(
                "kubectl --context arn:aws:eks:1:cluster/a",
                new Target("arn:aws:eks:1:cluster/a", Optional.of("apiVersion: v1\nkind: Config\n")).kubectl());
        assertEquals("kubectl --context 'it'\\''s'", new Target("it's", Optional.of("{}")).kubectl());
    }

    @Test
    void refusesKeysThatWouldBeIgnored() {
        var draft = StackDraft.empty().with("kubernetes:context", "kind").with("kubernetes:contxt", "kind");
        var refusal = assertThrows(BadInput.class, () -> target(draft));
        assertEquals("""
                1 problem, nothing was changed

                kubernetes:contxt    = kind
                problem              : no such key, did you mean kubernetes:context?
                fix                  : pulumi config rm kubernetes:contxt
                """, refusal.getMessage());
    }

    private static Target target(StackDraft draft) {
        var problems = new Problems();
        var target = Target.from(draft.raw(), problems);
        problems.throwIfAny();
        return target;
    }

    /** They come as JSON, which was taken for a name. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"name\":\"prod\"}"})
    void refusesAListOrAnObjectAsContext(String context) {
        var problems = new Problems();
        Target.from(StackDraft.empty().with("kubernetes:context", context).raw(), problems);
        assertEquals(
                "kubernetes:context   = " + context + "\n"
                        + "problem              : must be the name of a context, not an object or a list\n"
                        + "fix                  : pulumi config set kubernetes:context <context>",
                problems.found().get(0).text());
        assertEquals(1, problems.found().size());
    }
}
