package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import streamset.config.StackDraft;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/** What every pod of either engine keeps to. First the Pod Security Standard {@code restricted}, which the namespace enforces, rule by rule for each pod. */
@Tag("unit")
class PodSecurityTest {
    private static final Set<String> VOLUMES = Set.of("configMap", "secret", "emptyDir");

    static Stream<StackDraft> engines() {
        return Stream.of(
                StackDraft.minimal(),
                StackDraft.minimal().with("failover", "automatic").with("image", "example.org/postgres-patroni:18"));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void isFollowedByEveryPod(StackDraft draft) {
        var pods = pods(draft);
        assertTrue(pods.size() > 4, () -> pods.size() + " pods");
        assertEquals(
                List.of(), pods.stream().flatMap(pod -> breaches(pod).stream()).toList());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void takesNoMoreOfTheDiskAndTheMemoryOfItsNodeThanItSays(StackDraft draft) {
        pods(draft).forEach(pod -> {
            long folders = 0;
            for (var volume : pod.path("volumes")) {
                var folder = volume.path("emptyDir");
                if (folder.isObject()) {
                    assertTrue(folder.has("sizeLimit"), volume::toString);
                    folders += folder.has("medium") ? 0 : bytes(folder.path("sizeLimit"));
                }
            }
            for (var list : List.of("initContainers", "containers")) {
                for (var container : pod.path(list)) {
                    long limit = bytes(container.at("/resources/limits/ephemeral-storage"));
                    assertTrue(bytes(container.at("/resources/requests/ephemeral-storage")) <= limit);
                    assertTrue(folders < limit, () -> container.path("name").asString());
                }
            }
        });
    }

    private static long bytes(JsonNode quantity) {
        return ByteSize.parseQuantity(quantity.asString()).bytes();
    }

    private static List<String> breaches(JsonNode pod) {
        var breaches = new ArrayList<String>();
        for (var field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            expect(pod.path(field).isMissingNode(), field, breaches);
        }
        var security = pod.path("securityContext");
        expect(security.path("runAsNonRoot").asBoolean(false), "runAsNonRoot", breaches);
        expect(security.path("runAsUser").asInt(0) > 0, "runAsUser", breaches);
        expect(security.at("/seccompProfile/type").asString("").equals("RuntimeDefault"), "seccompProfile", breaches);
        pod.path("volumes")
                .forEach(volume -> volume.propertyNames().stream()
                        .filter(name -> !name.equals("name"))
                        .forEach(kind -> expect(VOLUMES.contains(kind), kind, breaches)));
        Stream.of("initContainers", "containers")
                .flatMap(list -> pod.path(list).valueStream())
                .forEach(container -> ofContainer(container, breaches));
        return breaches;
    }

    private static List<JsonNode> pods(StackDraft draft) {
        return DeclaredStack.of(draft)
                .objects()
                .map(object -> object.at("/spec/template/spec"))
                .filter(JsonNode::isObject)
                .toList();
    }

    private static void ofContainer(JsonNode container, List<String> breaches) {
        var security = container.path("securityContext");
        expect(!security.path("allowPrivilegeEscalation").asBoolean(true), "allowPrivilegeEscalation", breaches);
        expect(security.at("/capabilities/drop").toString().equals("[\"ALL\"]"), "capabilities.drop", breaches);
        for (var field : List.of("privileged", "procMount", "runAsUser", "runAsNonRoot", "seccompProfile")) {
            expect(security.path(field).isMissingNode(), field, breaches);
        }
        expect(security.at("/capabilities/add").isMissingNode(), "capabilities.add", breaches);
        container.path("ports").forEach(port -> expect(port.path("hostPort").isMissingNode(), "hostPort", breaches));
    }

    private static void expect(boolean followed, String what, List<String> breaches) {
        if (!followed) {
            breaches.add(what);
        }
    }
}
