package streamset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("unit")
class StackStateTest {
    private final List<String> asked = new ArrayList<>();

    @Test
    void isWhatTheEngineKeepsOfTheStackThatItUpdates() {
        var objects = read(Map.of(
                "urn:a", Map.of("type", "kubernetes:core/v1:ConfigMap", "outputs", Map.of("kind", "ConfigMap"))));
        assertEquals("[{\"kind\":\"ConfigMap\"}]", objects.toString());
        assertEquals(List.of("pulumi:pulumi:readStackResourceOutputs {stackName=organization/streamset/dev}"), asked);
    }

    @Test
    void isEmptyBeforeTheFirstUpdate() {
        assertEquals(List.of(), read(Map.of()));
    }

    private List<JsonNode> read(Map<String, Object> resources) {
        Mocks engine = new Mocks() {
            @Override
            public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
                throw new AssertionError("nothing is declared");
            }

            @Override
            public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
                asked.add(args.token + " " + args.args);
                return CompletableFuture.completedFuture(Map.of("outputs", resources));
            }
        };
        var read = new ArrayList<List<JsonNode>>();
        try {
            var result = PulumiTest.withMocks(engine)
                    .withOptions(TestOptions.builder()
                            .projectName("streamset")
                            .stackName("dev")
                            .build())
                    .runTest(context -> read.add(StackState.objects(context)));
            assertEquals(List.of(), result.errors());
        } finally {
            PulumiTest.cleanup();
        }
        return read.get(0);
    }
}
