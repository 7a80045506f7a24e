package streamset.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Changes of the conf files, through an update and around it. */
record ConfigEvents(FaultCluster cluster) {
    private static final String CONFIG_MAP = "postgresql-configs";
    private static final String FILE = "postgresql.conf";
    private static final String BROKEN = "this line does not parse";
    private static final String STARTED = "SELECT pg_postmaster_start_time()";

    /** A parameter that takes a reload: no server restarts. */
    Event reload(String name, String value) {
        var before = new ArrayList<String>();
        return Event.of("reload: " + name + " = " + value, () -> {
                    before.addAll(answers(STARTED));
                    cluster.declared().parameter(name, value);
                    return deploy();
                })
                .then(outcome -> {
                    all(value, "SHOW " + name);
                    same(before, answers(STARTED));
                });
    }

    /** From now on commits wait for so many standbys. */
    Event synchronous(int standbys) {
        return Event.of("synchronous: standbys = " + standbys, () -> {
                    cluster.declared().synchronous(standbys);
                    return deploy();
                })
                .then(outcome -> {
                    var answer = Boolean.toString(standbys > 0).substring(0, 1);
                    for (int ordinal : cluster.engine().namingSynchronous(cluster)) {
                        cluster.awaitAnswer(
                                ordinal, "SELECT current_setting('synchronous_standby_names') <> ''", answer);
                    }
                });
    }

    /** A parameter that takes a restart, and counts for all at once. */
    Event restart(String name, String value) {
        return Event.of("restart: " + name + " = " + value, () -> {
                    cluster.declared().parameter(name, value);
                    return deploy();
                })
                .then(outcome -> all(value, "SHOW " + name));
    }

    /** One that standbys must not have less of than their primary had: they keep the old value until they start again. */
    Event lowered(String name, String value) {
        return Event.of("restart: " + name + " = " + value + ", which is lower", () -> {
                    cluster.declared().parameter(name, value);
                    return deploy();
                })
                .then(outcome -> cluster.awaitAnswer(cluster.primary(), "SHOW " + name, value));
    }

    /** One that is stopped while the pods roll, and done again. */
    Event restartCancelled(String name, String value) {
        return Event.of("restart: " + name + " = " + value + ", cancelled and repeated", () -> {
                    cluster.declared().parameter(name, value);
                    int last = cluster.declared().replicas() - 1;
                    var uid = cluster.pod(last).uid();
                    try (var update = cluster.deploying()) {
                        Waiting.until(
                                "the pods roll",
                                Limits.UPDATE,
                                () -> !cluster.pod(last).uid().equals(uid));
                        cluster.cancel(update);
                    }
                    return deploy();
                })
                .then(outcome -> all(value, "SHOW " + name));
    }

    private Instant deploy() {
        var began = Instant.now();
        cluster.deploy();
        return began;
    }

    /** Pushed around all checks: no node adopts a file of a revision that it has, and the next update replaces it. */
    Event broken() {
        var before = new ArrayList<String>();
        return Event.of("broken conf file pushed, then an update", () -> {
                    before.addAll(answers(STARTED));
                    push(conf() + BROKEN + "\n");
                    ordinals().forEach(this::awaitBrokenFile);
                    ordinals().forEach(ordinal -> cluster.awaitAnswer(ordinal, "SELECT pg_reload_conf()", "t"));
                    cluster.awaitRows(Limits.MOMENT);
                    return deploy();
                })
                .then(outcome -> {
                    all("f", cluster.engine().hasFileErrors());
                    same(before, answers(STARTED));
                    if (conf().contains(BROKEN)) {
                        throw new AssertionError("the ConfigMap still has the broken line: " + conf());
                    }
                });
    }

    private String conf() {
        var path = "jsonpath={.data." + FILE.replace(".", "\\.") + "}";
        return cluster.deployment().kubectl("get", "configmap", CONFIG_MAP, "-o", path) + "\n";
    }

    private void push(String conf) {
        var patch = JsonMapper.shared().writeValueAsString(Map.of("data", Map.of(FILE, conf)));
        cluster.deployment()
                .kubectlWithInput(patch, "patch", "configmap", CONFIG_MAP, "--type=merge", "--patch-file=/dev/stdin");
    }

    private void awaitBrokenFile(int ordinal) {
        Waiting.until(
                "the kubelet has brought the broken file to pod " + ordinal,
                Limits.MOMENT,
                () -> cluster.processes(ordinal)
                        .file("/etc/streamset/conf/" + FILE)
                        .contains(BROKEN));
    }

    /** A server that ends meanwhile starts with the files that are still mounted. The next update recreates it. */
    Event deleted(int rank) {
        var pod = cluster.engine().pod(rank);
        return Event.of("ConfigMap deleted, server of " + pod + " killed, then an update", () -> {
                    int killed = cluster.engine().ordinal(cluster, rank);
                    cluster.deployment().kubectl("delete", "configmap", CONFIG_MAP);
                    PodProcesses.kill(cluster.processes(killed).server().orElseThrow());
                    cluster.awaitAnswer(killed, "SELECT 1", "1");
                    return deploy();
                })
                .then(outcome -> {
                    if (!conf().contains("hba_file")) {
                        throw new AssertionError("the ConfigMap is not there again: " + conf());
                    }
                });
    }

    private IntStream ordinals() {
        return IntStream.range(0, cluster.declared().replicas());
    }

    private List<String> answers(String sql) {
        return ordinals().mapToObj(ordinal -> cluster.tryAsk(ordinal, sql)).toList();
    }

    private void all(String answer, String sql) {
        ordinals().forEach(ordinal -> cluster.awaitAnswer(ordinal, sql, answer));
    }

    private static void same(List<String> before, List<String> after) {
        if (!before.equals(after)) {
            throw new AssertionError("servers were restarted: " + before + " became " + after);
        }
    }
}
