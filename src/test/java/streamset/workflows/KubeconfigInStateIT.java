package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the state of a stack that was deployed by the real engine holds of the kubeconfig. */
@Tag("cluster")
class KubeconfigInStateIT {
    private static final String TOKEN = "no-one-may-read-this";
    private static final String CONTENTS = """
            apiVersion: v1
            kind: Config
            clusters: [{name: none, cluster: {server: "http://127.0.0.1:9"}}]
            users: [{name: me, user: {token: %s}}]
            contexts: [{name: nowhere, context: {cluster: none, user: me}}]
            """.formatted(TOKEN);

    @TempDir
    private Path folder;

    private Path project;
    private RealEngine engine;

    @BeforeEach
    void makeProject() throws IOException {
        engine = new RealEngine(folder);
        project = engine.project();
        engine.mustRun(project, Map.of(), "stack", "init", "qa");
        engine.mustRun(project, Map.of(), "config", "set", "kubernetes:context", "nowhere");
        engine.mustRun(project, Map.of(), "config", "set", "--plaintext", "streamset:secretName", "passwords");
    }

    /** One stack that is deployed three times: making all its objects takes longest. */
    @Test
    void isAPathThatTheStackNamesOrASecret() throws IOException {
        var file = Files.writeString(folder.resolve("kubeconfig"), CONTENTS).toString();

        var contents = inputsAfterUp(Map.of("KUBECONFIG", CONTENTS));
        assertTrue(contents.path("kubeconfig").has("ciphertext"), "no secret");

        var named = inputsAfterUp(Map.of("KUBECONFIG", file));
        assertEquals("nowhere", named.path("context").asString());
        assertTrue(named.path("kubeconfig").isMissingNode(), named::toString);

        engine.mustRun(project, Map.of(), "config", "set", "kubernetes:kubeconfig", file);
        assertEquals(file, inputsAfterUp(Map.of()).path("kubeconfig").asString());
    }

    /** Of the provider, as they are on disk. */
    private JsonNode inputsAfterUp(Map<String, String> environment) {
        engine.mustRun(project, environment, "up", "--yes", "--skip-preview");
        var state = engine.mustRun(project, Map.of(), "stack", "export");
        assertFalse(state.contains(TOKEN), "the state has the text of the kubeconfig");
        return JsonMapper.shared()
                .readTree(state)
                .at("/deployment/resources")
                .valueStream()
                .filter(resource -> resource.path("type").asString().equals("pulumi:providers:kubernetes"))
                .findFirst()
                .orElseThrow()
                .path("inputs");
    }
}
