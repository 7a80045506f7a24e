package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Cluster;
import streamset.cluster.Command;
import streamset.cluster.Deployment;

/** How long the changes in the life of a cluster take, all in one run. Not a test: {@code make bench-life} starts it. */
@Tag("bench")
class LifeBench {
    private static final String NAMESPACE = "streamset-bench-life";
    private static final String[] SETTINGS = {
        "streamset:resources.memory=800Mi",
        "streamset:storage.size=" + CloneBench.VOLUME,
        "streamset:parameters.max_connections=20"
    };
    private static final String CONFIG_MAP_VERSION = "jsonpath={.metadata.resourceVersion}";

    private static final int KILLS = 3;
    // a server that ends soon after its start is not started at once, for it may do so again and again
    private static final String HAS_RUN = "SELECT now() - pg_postmaster_start_time() > interval '15 s'";

    private final Measures measures = new Measures();

    @Test
    void measures() throws Exception {
        Cluster.mustBeTheTestbed("reach into pods, from processes to network, on this machine");
        CloneBench.makeVolumes();
        var deployment = new Deployment("dev", NAMESPACE, SETTINGS);
        deployment.remove();
        var declared = new Declared();
        measureStart(deployment, declared);
        try (var cluster = FaultCluster.of(NAMESPACE, deployment, declared)) {
            var run = new FaultRun(cluster, Command.PROJECT.resolve("target/bench-life-events.txt"));
            measureReload(cluster);
            measureRestart(run, cluster);
            measureHandOvers(run, new HandOverEvents(cluster));
            measureKills(run, cluster);
            cluster.writers().forEach(Writer::close);
            new CloneBench(cluster).measure(measures);
        } finally {
            measures.print(Command.PROJECT.resolve("target/bench-life.txt"));
        }
    }

    private void measureStart(Deployment deployment, Declared declared) {
        var log = FaultCluster.folder(NAMESPACE).resolve("deploy.log");
        try (var update = Deploying.begin(deployment.deploy(declared.words()), log)) {
            Waiting.until(
                    "the StatefulSet is there",
                    Limits.MOMENT,
                    () -> !ready(deployment).equals("none"));
            var applied = Instant.now();
            Waiting.until(
                    "three pods are ready",
                    Limits.DEPLOY,
                    () -> ready(deployment).equals("3"));
            measures.add("apply until three pods are ready", since(applied), "", "62 s");
            measures.add("  from the command on", since(update.began()), "", "");
            update.mustSucceed();
        }
    }

    private static String ready(Deployment deployment) {
        var answer =
                deployment.tryKubectl("get", "statefulset", "postgresql-sfs", "-o", "jsonpath={.status.readyReplicas}");
        return answer.exitCode() == 0 ? answer.output() : "none";
    }

    private static List<Duration> since(Instant time) {
        return List.of(Duration.between(time, Instant.now()));
    }

    private void measureReload(FaultCluster cluster) {
        var before = version(cluster);
        cluster.declared().parameter("work_mem", "2MB");
        try (var update = cluster.deploying()) {
            Waiting.until(
                    "the ConfigMap is changed",
                    Limits.MOMENT,
                    () -> !version(cluster).equals(before));
            var changed = Instant.now();
            awaitEffect(cluster, "work_mem", "2MB");
            measures.add("reload: ConfigMap changed until effective on all", since(changed), "≤ 20 s", "0.7 s");
            measures.add("  from the command on", since(update.began()), "", "");
            update.mustSucceed();
        }
    }

    private static String version(FaultCluster cluster) {
        return cluster.deployment()
                .tryKubectl("get", "configmap", "postgresql-configs", "-o", CONFIG_MAP_VERSION)
                .output();
    }

    private static void awaitEffect(FaultCluster cluster, String parameter, String value) {
        IntStream.range(0, cluster.declared().replicas())
                .forEach(ordinal -> cluster.awaitAnswer(ordinal, "SHOW " + parameter, value));
    }

    private void measureRestart(FaultRun run, FaultCluster cluster) {
        var outcome = whole(run, Event.of("restart", () -> {
            cluster.declared().parameter("max_connections", "30");
            try (var update = cluster.deploying()) {
                awaitEffect(cluster, "max_connections", "30");
                new Health(cluster).await();
                measures.add(
                        "restart: command until done on three nodes",
                        since(update.began()),
                        "≤ 30 s",
                        "33 s; 215 s with a kept connection");
                update.mustSucceed();
                measures.add("  until the command is done", since(update.began()), "", "");
                return update.began();
            }
        }));
        addPauses("  write pause", List.of(outcome), "≤ 5 s", "1 … 4 s; refused for 215 s");
    }

    private void measureHandOvers(FaultRun run, HandOverEvents handOver) {
        var outcomes = new ArrayList<Outcome>();
        for (int to : List.of(1, 2, 0)) {
            outcomes.add(whole(run, handOver.to(to)));
        }
        addPauses("hand over: write pause", outcomes, "≤ 4 s", "6.0 … 9.3 s");
        measures.add(
                "  command until all stream on the new timeline", all(outcomes, Outcome::healthyAfter), "≤ 60 s", "");
    }

    private void measureKills(FaultRun run, FaultCluster cluster) {
        var kill = new KillEvents(cluster);
        var deleted = new ArrayList<Outcome>();
        var killed = new ArrayList<Outcome>();
        for (int time = 0; time < KILLS; time++) {
            deleted.add(whole(run, kill.podDeleted(0)));
            cluster.awaitAnswer(0, HAS_RUN, "t");
            killed.add(whole(run, kill.server(0)));
        }
        addPauses("primary's pod deleted by force: write pause", deleted, "≤ 8 s", "20.5 … 21.8 s");
        addPauses("primary's server killed with -9: write pause", killed, "≤ 4 s", "5.3 … 9.5 s");
    }

    private static Outcome whole(FaultRun run, Event event) {
        var outcome = run.run(event);
        if (!outcome.problems().isEmpty()) {
            throw new AssertionError(event.what() + ": " + outcome.problems());
        }
        return outcome;
    }

    private void addPauses(String what, List<Outcome> outcomes, String goal, String peer) {
        measures.add(what + ", kept connection", all(outcomes, Outcome::keptPause), goal, peer);
        measures.add(what + ", fresh connections", all(outcomes, Outcome::freshPause), goal, peer);
        measures.add(what + ", through the Service", all(outcomes, Outcome::servicePause), goal, peer);
    }

    private static List<Duration> all(List<Outcome> outcomes, Function<Outcome, Duration> figure) {
        return outcomes.stream().map(figure).toList();
    }
}
