package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.core.internal.Internal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Resource.RegisterResourceRequest;
import streamset.config.StackDraft;

@Tag("unit")
class ClusterProviderTest {
    private final StackDraft draft = StackDraft.minimal();

    @Test
    void goesToTheClusterThatTheStackNames() {
        assertEquals("""
                context: kind
                enableConfigMapMutable: "true"
                """, DeclaredStack.yaml(DeclaredStack.object(provider())));
    }

    @Test
    void takesTheKubeconfigThatTheStackNames() {
        draft.with("kubernetes:kubeconfig", "/home/me/config");
        assertEquals("""
                context: kind
                enableConfigMapMutable: "true"
                kubeconfig: /home/me/config
                """, DeclaredStack.yaml(DeclaredStack.object(provider())));
    }

    @Test
    void hasTheContentsOfAKubeconfigAsASecret() {
        draft.withSecret("kubernetes:kubeconfig", "{}");
        assertTrue(DeclaredStack.isSecret(provider(), "kubeconfig"));
    }

    @Test
    void takesFromTheEnvironmentWhatThePluginCannotReadThere() {
        var contents = Optional.of("kind: Config\nclusters: []\n");
        assertEquals(
                List.of("value=null, secret=false", "value={}, secret=true", "value=/k, secret=false"),
                List.of(
                        kubeconfig(Optional.empty(), Optional.of("/home/me/config:/home/me/other")),
                        kubeconfig(Optional.of("{}"), contents),
                        kubeconfig(Optional.of("/k"), contents)));
        assertEquals("value=" + contents.get() + ", secret=true", kubeconfig(Optional.empty(), contents));
    }

    private static String kubeconfig(Optional<String> named, Optional<String> surrounding) {
        var data = Internal.of(ClusterProvider.kubeconfig(named, surrounding))
                .getDataAsync()
                .join();
        return "value=" + data.getValueNullable() + ", secret=" + data.isSecret();
    }

    @Test
    void isThePluginWhoseUpdatesWereTried() {
        assertEquals("4.25.0", provider().getVersion());
    }

    @Test
    void isTheOneThatEveryObjectGoesThrough() {
        var stack = DeclaredStack.of(draft);
        var objects = stack.requests().stream()
                .filter(request -> request.getType().startsWith("kubernetes:"))
                .toList();
        assertEquals(21, objects.size());
        for (var request : objects) {
            assertEquals(
                    "urn:pulumi:test::streamset::pulumi:pulumi:Stack$pulumi:providers:kubernetes::kubernetes::kubernetes",
                    request.getProvider(),
                    request.getName());
        }
    }

    private RegisterResourceRequest provider() {
        return DeclaredStack.of(draft).requests().stream()
                .filter(request -> request.getType().equals("pulumi:providers:kubernetes"))
                .findAny()
                .orElseThrow();
    }
}
