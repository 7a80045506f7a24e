package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.Problem;
import streamset.problems.Problems;

@Tag("unit")
class ProjectKeysTest {
    @Test
    void areRefusedBecauseNobodyReadsThem() {
        var problems = new Problems();
        var draft = StackDraft.minimal()
                .with("shop:replicas", "5")
                .with("shop:wal", "{\"share\":\"30%\",\"volume\":{\"size\":\"2Gi\"}}")
                .withSecret("shop:passwords", "{\"postgres\":\"hunter2\"}")
                .with("other:key", "1");
        ProjectKeys.refuse(draft.raw(), "shop", problems);
        assertEquals("""
                shop:passwords       = [secret]
                problem              : nobody reads it: the keys of the program are in the namespace streamset, whatever the project is called
                fix                  : pulumi config rm shop:passwords, then: pulumi config set --secret --path 'streamset:passwords.postgres' <value>

                shop:replicas        = 5
                problem              : nobody reads it: the keys of the program are in the namespace streamset, whatever the project is called
                fix                  : pulumi config rm shop:replicas, then: pulumi config set streamset:replicas 5

                shop:wal             = {"share":"30%","volume":{"size":"2Gi"}}
                problem              : nobody reads it: the keys of the program are in the namespace streamset, whatever the project is called
                fix                  : pulumi config rm shop:wal, then: pulumi config set --path 'streamset:wal.share' 30% and pulumi config set --path 'streamset:wal.volume.size' 2Gi""", problems.found().stream().map(Problem::text).collect(Collectors.joining("\n\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "stremset:replicas, streamset:replicas",
        "streamsets:replicas, streamset:replicas",
        "Streamset:replicas, streamset:replicas",
        "stream-set:anything, streamset:anything",
        "STREAMSET:wal, streamset:wal",
        "kubernets:context, kubernetes:context",
        "Kubernetes:context, kubernetes:context"
    })
    void areRefusedInANamespaceThatIsMisspelt(String key, String meant) {
        var problems = new Problems();
        ProjectKeys.refuse(StackDraft.empty().with(key, "5").raw(), "shop", problems);
        assertEquals(
                "%s = 5\nproblem : nobody reads it, did you mean %s?\nfix : pulumi config rm %1$s, then: pulumi config set %2$s 5"
                        .formatted(key, meant),
                problems.found().stream()
                        .map(Problem::text)
                        .collect(Collectors.joining())
                        .replaceAll(" {2,}", " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws:region",
                "aws:replicas",
                "pulumi:tags",
                "pulumi:disable-default-providers",
                "azure-native:location",
                "postgresql:password",
                "docker:host",
                "kubernetes-cert-manager:installCRDs",
                "kubernetesx:replicas",
                "kubernetes:namespace",
                "stream:name",
                "shopping:resources",
                "set:image"
            })
    void areNotThoseOfOthers(String key) {
        var problems = new Problems();
        ProjectKeys.refuse(StackDraft.empty().with(key, "5").raw(), "shop", problems);
        assertEquals(List.of(), problems.found());
        assertEquals(List.of(), problems.warnings());
    }

    @ParameterizedTest
    @CsvSource({"pg:keepVolumes, false", "aws:secretName, pw", "database:synchronous, 1"})
    void areWarnedOfWithANameThatNobodyElseHas(String key, String value) {
        var problems = new Problems();
        ProjectKeys.refuse(StackDraft.empty().with(key, value).raw(), "shop", problems);
        assertEquals(List.of(), problems.found());
        assertEquals(
                "this program does not read it, did you mean streamset:" + key.replaceFirst(".*:", "") + "?",
                problems.warnings().get(0).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"streamsets:passwords", "shop:passwords", "kubernets:kubeconfig"})
    void areNotShownWhereASecretIsInClearText(String key) {
        var problems = new Problems();
        ProjectKeys.refuse(
                StackDraft.empty().with(key, "{\"postgres\":\"hunter2\"}").raw(), "shop", problems);
        var text = problems.found().get(0).text();
        assertFalse(text.contains("hunter2"), text);
        assertTrue(text.contains("set --secret --path"), text);
    }

    @Test
    void areThoseOfTheProgramInAProjectOfItsName() {
        var problems = new Problems();
        ProjectKeys.refuse(StackDraft.minimal().with("replicas", "5").raw(), "streamset", problems);
        assertTrue(problems.isEmpty());
    }
}
