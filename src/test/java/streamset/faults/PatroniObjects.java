package streamset.faults;

import java.util.ArrayList;
import java.util.List;
import streamset.cluster.Deployment;
import streamset.patroni.DynamicConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The objects that Patroni works with, as an operator reaches them. */
record PatroniObjects(Deployment deployment) {
    private static final String LEADER = "postgresql-" + DynamicConfiguration.LEADER;
    private static final String ROLE = "postgresql-patroni";
    private static final String WISH = "-switchover-"; // in the name of the Job that fulfils a wish
    private static final String APPLIED = "Apply"; // in the record of who has set which field

    static PatroniObjects of(FaultCluster cluster) {
        return new PatroniObjects(cluster.deployment());
    }

    /** The pod that has the lease; what went wrong instead. */
    String holder() {
        return deployment
                .tryKubectl("get", "configmap", LEADER, "-o", "jsonpath={.metadata.annotations.leader}")
                .output();
    }

    /** Waits until the lease has an object again, which Patroni creates. */
    void deleteLease() {
        deployment.kubectl("delete", "configmap", LEADER);
        Waiting.until("somebody has the lease again", Limits.MOMENT, () -> {
            var answer =
                    deployment.tryKubectl("get", "configmap", LEADER, "-o", "jsonpath={.metadata.annotations.leader}");
            return answer.exitCode() == 0 && !answer.output().isEmpty();
        });
    }

    void forgetWish() {
        var jobs = deployment
                .kubectl("get", "jobs", "-o", "name")
                .lines()
                .filter(name -> name.contains(WISH))
                .toList();
        if (!jobs.isEmpty()) {
            var words = new ArrayList<>(List.of("delete"));
            words.addAll(jobs);
            deployment.kubectl(words.toArray(String[]::new));
        }
    }

    /** What the pods may do, as it is now; {@link #permit} gives it back. */
    String rights() {
        return deployment.kubectl("get", "role", ROLE, "-o", "json", "--show-managed-fields=true");
    }

    /** From now on the pods may do nothing. */
    void forbid(String rights) {
        apply(rights, JsonMapper.shared().createArrayNode());
    }

    void permit(String rights) {
        apply(rights, JsonMapper.shared().readTree(rights).path("rules"));
    }

    /** In the name of whoever has declared the role: the next update finds nothing that somebody else has set. */
    private void apply(String rights, JsonNode rules) {
        deployment.kubectlWithInput(
                wanted(rights, rules),
                "apply",
                "--server-side",
                "--force-conflicts",
                "--field-manager=" + manager(rights),
                "-f",
                "-");
    }

    static String wanted(String rights, JsonNode rules) {
        var live = JsonMapper.shared().readTree(rights);
        ObjectNode wanted = JsonMapper.shared().createObjectNode();
        wanted.set("apiVersion", live.path("apiVersion"));
        wanted.set("kind", live.path("kind"));
        var metadata = wanted.putObject("metadata");
        for (var field : List.of("name", "namespace", "labels", "annotations")) {
            if (live.path("metadata").has(field)) {
                metadata.set(field, live.path("metadata").path(field));
            }
        }
        wanted.set("rules", rules);
        return wanted.toString();
    }

    static String manager(String rights) {
        for (var entry : JsonMapper.shared().readTree(rights).path("metadata").path("managedFields")) {
            if (entry.path("operation").asString("").equals(APPLIED)) {
                return entry.path("manager").asString();
            }
        }
        throw new AssertionError("nobody has declared the role: " + rights);
    }
}
