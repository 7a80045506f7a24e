package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.StackDraft;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;

/** The Secret that the pod of each Job mounts, and which keys of it. */
@Tag("unit")
class PasswordsOfJobsTest {
    private static final String ALL = "postgresql-passwords";
    private static final String ONE = "postgresql-logins streamset";
    private static final String NONE = "";

    private static ClusterSpec spec(StackDraft draft) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), Path.of(""), "dev", problems);
        problems.throwIfAny();
        return spec;
    }

    private static StackDraft automatic(StackDraft draft) {
        return draft.with("image", "example.org/postgres-patroni:18").with("failover", "automatic");
    }

    private static StackDraft withPasswords() {
        return StackDraft.withPasswords("one", "two");
    }

    private static List<JsonNode> objects(StackDraft draft, DeployedNodes deployed) {
        return ClusterObjects.of(spec(draft), Place.UNKNOWN, deployed).json();
    }

    private static Map<String, String> mounted(List<JsonNode> objects) {
        var mounted = new TreeMap<String, String>();
        KubernetesObjects.of(objects)
                .ofKind("Job")
                .forEach(job -> mounted.put(
                        job.at("/spec/template/metadata/labels")
                                .path("app.kubernetes.io/component")
                                .asString(),
                        passwords(job)));
        return mounted;
    }

    private static String passwords(JsonNode job) {
        return job.at("/spec/template/spec/volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString().equals("passwords"))
                .map(volume -> volume.path("secret"))
                .map(secret -> secret.path("secretName").asString()
                        + secret.path("items")
                                .valueStream()
                                .map(item -> " " + item.path("key").asString())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> mounted(StackDraft draft, DeployedNodes deployed) {
        return mounted(objects(draft, deployed));
    }

    private static DeployedNodes thoseOf(StackDraft draft) {
        return DeployedNodes.of(objects(draft, DeployedNodes.NONE));
    }

    /** As they were when all pods mounted one Secret. */
    private static DeployedNodes ofFormerVersion(StackDraft draft) {
        var now = thoseOf(draft);
        return new DeployedNodes(now.topology(), true, now.automatic(), Optional.of(ALL));
    }

    private static String name(StackDraft draft, DeployedNodes deployed, String purpose) {
        return KubernetesObjects.of(objects(draft, deployed))
                .ofKind("Job")
                .map(job -> job.at("/metadata/name").asString())
                .filter(name -> name.startsWith("postgresql-" + purpose + "-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thatOfTheSuperuserHaveThoseAloneThatNeedIt() {
        var expected = Map.of(
                "check", NONE,
                "handover", ONE,
                "writable", ONE,
                "slots", ONE,
                "restarted", ONE,
                "replicator", ALL,
                "reload", ALL);
        assertEquals(expected, mounted(withPasswords(), DeployedNodes.NONE));
        assertEquals(expected, mounted(withPasswords(), thoseOf(withPasswords())));
    }

    @Test
    void withAnAutomaticFailoverOneHasThatOfPatroniToo() {
        var expected = Map.of(
                "check", NONE,
                "switchover", ONE + " streamset_patroni",
                "restarted", ONE,
                "replicator", ALL,
                "reload", ALL);
        assertEquals(expected, mounted(automatic(withPasswords()), DeployedNodes.NONE));
        assertEquals(expected, mounted(automatic(withPasswords()), thoseOf(automatic(withPasswords()))));
    }

    /** Pods of a former version let Jobs in as the superuser alone, and a handover may come before their restart. */
    @Test
    void theFirstUpdateFromAFormerVersionAsksItsServersAsTheSuperuser() {
        var former = ofFormerVersion(withPasswords());

        var mounted = mounted(withPasswords(), former);

        for (String purpose : List.of("handover", "writable", "slots")) {
            assertEquals(ALL, mounted.get(purpose), purpose);
            // a Job cannot change
            assertNotEquals(name(withPasswords(), DeployedNodes.NONE, purpose), name(withPasswords(), former, purpose));
        }
        assertEquals(ONE, mounted.get("restarted"));
        var automatic = automatic(withPasswords());
        assertEquals(ALL, mounted(automatic, ofFormerVersion(automatic)).get("switchover"));
    }

    @Test
    void aSecretOfSomebodyElseHasPasswordsFromWhichTheOthersFollow() {
        var draft = StackDraft.minimal().with("secretName", "mine");

        var mounted = mounted(draft, DeployedNodes.NONE);

        mounted.remove("check");
        mounted.forEach((purpose, secret) -> assertEquals("mine", secret, purpose));
        assertEquals(mounted(draft, DeployedNodes.NONE), mounted(draft, thoseOf(draft)));
        assertEquals(name(draft, DeployedNodes.NONE, "handover"), name(draft, thoseOf(draft), "handover"));
    }
}
