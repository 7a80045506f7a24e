package streamset.kubernetes;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.pulumi.Log;
import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.stream.Stream;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;
import streamset.App;
import streamset.config.StackDraft;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** What the program asks of the Pulumi engine for a stack: every request, with its options, and the outputs. */
public final class DeclaredStack {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();
    private static final String SECRET_MARK = "4dabf18193072939515e22adb298388d"; // Pulumi's, for any marked value

    private final List<RegisterResourceRequest> requests;
    private final TestResult result;
    private final Map<String, Object> outputs;

    private DeclaredStack(List<RegisterResourceRequest> requests, TestResult result, Map<String, Object> outputs) {
        this.requests = requests;
        this.result = result;
        this.outputs = outputs;
    }

    /** The repository's own conf files, in a stack that has none of its own. */
    public static DeclaredStack of(StackDraft draft) {
        return of(draft, Path.of(""), "test");
    }

    /** @param project the folder with the conf files */
    public static DeclaredStack of(StackDraft draft, Path project, String stack) {
        var requests = Collections.synchronizedList(new ArrayList<RegisterResourceRequest>());
        try {
            var result = PulumiTestInternal.builder()
                    .options(TestOptions.builder()
                            .projectName("streamset")
                            .stackName(stack)
                            .build())
                    .standardLogger(PulumiTestInternal.logger(Level.OFF)) // what goes wrong is in the result
                    .monitorDecorator(ignored -> new Recorder(requests))
                    .build()
                    .runTest(context -> App.stack(context, draft.raw(), project));
            var outputs = new TreeMap<String, Object>();
            result.outputs().forEach((name, output) -> outputs.put(name, PulumiTest.extractValue(output)));
            return new DeclaredStack(List.copyOf(requests), result, outputs);
        } finally {
            PulumiTest.cleanup();
        }
    }

    private static final class Recorder extends MockMonitor {
        private final List<RegisterResourceRequest> requests;

        Recorder(List<RegisterResourceRequest> requests) {
            super(new Echo(), Log.ignore());
            this.requests = requests;
        }

        @Override
        public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
                Resource resource, RegisterResourceRequest request) {
            if (!request.getType().equals("pulumi:pulumi:Stack")) {
                requests.add(request);
            }
            return super.registerResourceAsync(resource, request);
        }
    }

    private static final class Echo implements Mocks {
        @Override
        public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
            return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name), args.inputs));
        }
    }

    public TestResult result() {
        return result;
    }

    /** The outputs by name, sorted. */
    public Map<String, Object> outputs() {
        return outputs;
    }

    /** All requests but the stack's own. */
    public List<RegisterResourceRequest> requests() {
        return requests;
    }

    /** The requests for Kubernetes objects of a kind. */
    Stream<RegisterResourceRequest> requests(String kind) {
        return requests.stream().filter(request -> request.getType().endsWith(":" + kind));
    }

    /** The request for the object of a kind with this name, or whose name begins with it. */
    RegisterResourceRequest request(String kind, String name) {
        var found =
                requests(kind).filter(request -> request.getName().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " requests for " + kind + " " + name);
        }
        return found.get(0);
    }

    /** The objects themselves. */
    public Stream<JsonNode> objects() {
        return requests.stream().map(DeclaredStack::object).filter(object -> object.has("kind"));
    }

    /** The one object of a kind with this logical name. */
    JsonNode object(String kind, String name) {
        return object(request(kind, name));
    }

    static JsonNode object(RegisterResourceRequest request) {
        try {
            return unmarked(JsonMapper.shared().readTree(JsonFormat.printer().print(request.getObject())));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether Pulumi encrypts a property in its state. */
    static boolean isSecret(RegisterResourceRequest request, String property) {
        return request.getObject().getFieldsOrThrow(property).getStructValue().containsFields(SECRET_MARK);
    }

    /** Without Pulumi's marks, and with whole numbers as such. */
    private static JsonNode unmarked(JsonNode node) {
        if (node.isObject()) {
            if (node.has(SECRET_MARK)) {
                return unmarked(node.get("value"));
            }
            var copy = JsonMapper.shared().createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), unmarked(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            var copy = JsonMapper.shared().createArrayNode();
            node.forEach(element -> copy.add(unmarked(element)));
            return copy;
        }
        boolean whole = node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue());
        return whole ? JsonMapper.shared().getNodeFactory().numberNode((long) node.doubleValue()) : node;
    }

    /** Part of an object as YAML, with sorted keys. */
    static String yaml(JsonNode part) {
        return YAML.writeValueAsString(YAML.convertValue(part, Object.class));
    }
}
