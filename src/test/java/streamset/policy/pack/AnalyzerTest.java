package streamset.policy.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.AnalyzerOuterClass.AnalyzeRequest;
import pulumirpc.AnalyzerOuterClass.AnalyzeResponse;
import pulumirpc.AnalyzerOuterClass.AnalyzeStackRequest;
import pulumirpc.AnalyzerOuterClass.AnalyzerResource;
import pulumirpc.AnalyzerOuterClass.AnalyzerStackConfigureRequest;
import streamset.cluster.ProgramVersion;
import streamset.config.Rule;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The answers alone; PolicyPackIT has the real engine. */
@Tag("unit")
class AnalyzerTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Analyzer analyzer = new Analyzer();

    private static Struct properties(JsonNode object) throws InvalidProtocolBufferException {
        var properties = Struct.newBuilder();
        JsonFormat.parser().merge(object.toString(), properties);
        return properties.build();
    }

    private static List<Struct> example(String name) throws IOException {
        var objects = new ArrayList<Struct>();
        var text = Files.readString(Path.of("policy", "examples", name + ".yaml"));
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                objects.add(properties(documents.next()));
            }
        }
        return objects;
    }

    /** The only answer to a question. */
    private static <Q, A> A answer(BiConsumer<Q, StreamObserver<A>> method, Q question) {
        var answers = new ArrayList<A>();
        var ended = new ArrayList<String>();
        method.accept(question, new StreamObserver<>() {
            @Override
            public void onNext(A answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable thrown) {
                throw new AssertionError(thrown);
            }

            @Override
            public void onCompleted() {
                ended.add("ended");
            }
        });
        assertEquals(List.of("ended"), ended);
        return answers.get(0);
    }

    private AnalyzeResponse ofObject(String type, Struct properties) {
        return answer(
                analyzer::analyze,
                AnalyzeRequest.newBuilder()
                        .setType(type)
                        .setUrn("urn:pulumi:x")
                        .setProperties(properties)
                        .build());
    }

    private AnalyzeResponse ofStack(List<Struct> objects) {
        var request = AnalyzeStackRequest.newBuilder();
        objects.forEach(object -> request.addResources(AnalyzerResource.newBuilder()
                .setType("kubernetes:apps/v1:StatefulSet")
                .setProperties(object)));
        return answer(analyzer::analyzeStack, request.build());
    }

    private void waive(String waivers) {
        answer(
                analyzer::configureStack,
                AnalyzerStackConfigureRequest.newBuilder()
                        .putAllConfig(Map.of("streamset:waivers", waivers, "streamset:replicas", "two"))
                        .build());
    }

    @Test
    void hasEachRuleAsAPolicyOfTheVersionOfTheProgram() throws IOException {
        var info = answer(analyzer::getAnalyzerInfo, Empty.getDefaultInstance());
        assertEquals(
                Arrays.stream(Rule.values()).map(Rule::key).toList(),
                info.getPoliciesList().stream().map(policy -> policy.getName()).toList());
        assertEquals(ProgramVersion.TEXT, info.getVersion());
        assertEquals(
                ProgramVersion.TEXT,
                YAML.readTree(Path.of("policy", "PulumiPolicy.yaml"))
                        .get("version")
                        .asString());
    }

    @Test
    void stopsAnObjectThatBreaksARule() throws IOException {
        var response = ofObject(
                "kubernetes:core/v1:PersistentVolumeClaim",
                example("keepVolumes.fails").get(0));
        assertEquals("""
                diagnostics {
                  policyName: "keepVolumes"
                  policyPackName: "streamset"
                  policyPackVersion: "%s"
                  description: "volumes outlive the pods and the stack that declare them"
                  message: "PersistentVolumeClaim data-postgresql-sfs-0: it is deleted, with its data, when it is no longer declared\\nfix: pulumi config set streamset:keepVolumes true; or, if this is intended: pulumi config set --path \\'streamset:waivers.keepVolumes\\' <the reason>"
                  enforcementLevel: MANDATORY
                  urn: "urn:pulumi:x"
                }
                """.formatted(ProgramVersion.TEXT), response.toString());
    }

    @Test
    void letsAnObjectPassThatBreaksAWaivedRule() throws IOException {
        waive("{\"keepVolumes\":\"nobody needs these data\",\"noTrust\":\"short\"}");
        var response = ofObject(
                "kubernetes:core/v1:PersistentVolumeClaim",
                example("keepVolumes.fails").get(0));
        assertEquals("""
                not_applicable {
                  policy_name: "keepVolumes"
                  reason: "waived: nobody needs these data"
                }
                """, response.toString());
        assertEquals(
                1,
                ofObject(
                                "kubernetes:core/v1:ConfigMap",
                                example("noTrust.fails").get(0))
                        .getDiagnosticsCount());
    }

    @Test
    void hasNothingAgainstOtherProvidersResources() throws IOException {
        assertEquals(
                "",
                ofObject("aws:s3:Bucket", example("keepVolumes.fails").get(0)).toString());
    }

    @Test
    void judgesAllObjectsTogether() throws IOException {
        assertEquals("", ofStack(example("podDisruptionBudget.passes")).toString());
        assertEquals(1, ofStack(example("podDisruptionBudget.fails")).getDiagnosticsCount());
        waive("{\"podDisruptionBudget\":\"nodes are never drained\"}");
        assertEquals(0, ofStack(example("podDisruptionBudget.fails")).getDiagnosticsCount());
    }

    @Test
    void takesWhatIsUnknownOrSecretForFollowed() throws IOException {
        var secret =
                "{\"4dabf18193072939515e22adb298388d\":\"1b47061264138c4ac30d75fd1eb44270\",\"value\":\"LoadBalancer\"}";
        for (String type : List.of("\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"", secret)) {
            var service = YAML.readTree("{kind: Service, spec: {type: " + type + ", ports: [{port: 5432}]}}");
            assertEquals(
                    "",
                    ofObject("kubernetes:core/v1:Service", properties(service)).toString());
        }
    }
}
