package streamset.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.patroni.DynamicConfiguration;
import streamset.patroni.PatroniFile;
import streamset.problems.Problems;

/** Pods as {@link Pods} has them, in which the real Patroni runs, with a fake API server. */
final class PatroniPods implements AutoCloseable {
    private static final String SCOPE = "db";
    private static final String LABEL = PatroniFile.ROLE_LABEL;
    private static final Map<String, String> LABELS =
            Map.of(Labels.NAME, Labels.POSTGRESQL, Labels.INSTANCE, SCOPE, Labels.COMPONENT, Labels.SERVER);
    private static final String SELECTOR = Labels.NAME + "=postgresql," + Labels.INSTANCE + "=" + SCOPE + ","
            + Labels.COMPONENT + "=server," + LABEL + "=primary";
    private static final String PYTHON = "/usr/bin/python3";
    private static final int INSTALL_LIMIT_SECONDS = 300;
    private static final List<String> PYPI = List.of(
            "patroni==4.1.5",
            "psycopg2-binary==2.9.13",
            "PyYAML==6.0.4",
            "urllib3==2.8.0", // 3 breaks it
            "python-dateutil==2.9.0.post0",
            "six==1.17.0",
            "psutil==7.2.2");

    final Pods pods;
    final ApiServer api = new ApiServer();
    private final int restPort;
    private final Path patroni;
    private int leaseSeconds = 20;

    private PatroniPods(Pods pods) {
        this.pods = pods;
        this.restPort = pods.port() + 1;
        this.patroni = pods.folder().resolve("patroni");
        pods.program(
                "patroni",
                "#!" + PYTHON + "\nimport sys\nsys.path.insert(0, '" + installed()
                        + "')\nfrom patroni.__main__ import main\nif __name__ == '__main__':\n    main()\n");
        pods.program("chmod", "#!/bin/sh\nexec /usr/bin/chmod \"$@\"\n"); // which only this engine needs
        for (int ordinal : all()) {
            api.put("pods", get(ordinal).forPatroni().name, LABELS);
        }
        writeFiles();
        forgetEverything();
    }

    /** As in a new namespace: Patroni has nothing in its store. */
    void forgetEverything() {
        DynamicConfiguration.OBJECTS.forEach(name -> api.put("configmaps", SCOPE + "-" + name, LABELS));
        dynamic("\"ttl\":20,\"loop_wait\":1,\"retry_timeout\":3");
    }

    /** Where the pods of this cluster answer for Patroni. */
    Map<String, String> rest() {
        return Map.of("STREAMSET_REST_PORT", Integer.toString(restPort));
    }

    static PatroniPods of(int replicas) {
        return new PatroniPods(Pods.of(replicas));
    }

    /** Once, from PyPI: a folder with all that Patroni needs, for the system's Python, which the server user can run. */
    static synchronized Path installed() {
        var folder = Path.of("target", "patroni").toAbsolutePath();
        if (!Files.exists(folder)) {
            Machine.run("rm", "-rf", folder + ".new");
            var version = Machine.run(PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])");
            var command = new ArrayList<>(List.of("python3", "-m", "pip", "install", "--quiet", "--no-deps"));
            command.addAll(List.of("--only-binary=:all:", "--implementation", "cp", "--python-version", version));
            command.addAll(List.of("--target", folder + ".new"));
            command.addAll(PYPI);
            Machine.runWithin(INSTALL_LIMIT_SECONDS, command.toArray(String[]::new));
            Machine.run("mv", folder + ".new", folder.toString());
        }
        return folder;
    }

    int[] all() {
        return IntStream.range(0, pods.size()).toArray();
    }

    Pod get(int ordinal) {
        return pods.get(ordinal);
    }

    /** From now on nobody looks by himself within the time that a test waits. */
    void looksSeldom() {
        dynamic("\"ttl\":300,\"loop_wait\":120,\"retry_timeout\":10");
        Await.until(
                "the long lease is in effect",
                () -> api.text("configmaps", SCOPE + "-leader", "annotations", "ttl")
                        .equals(Optional.of("300")));
    }

    /** What is told to the scripts of the containers that start from now on. */
    void leaseSeconds(int seconds) {
        leaseSeconds = seconds;
    }

    /** The times of the dynamic configuration. */
    void dynamic(String times) {
        api.annotate(
                SCOPE + "-config",
                "config",
                "{" + times + ",\"failsafe_mode\":true,\"maximum_lag_on_failover\":16777216}");
    }

    private void writeFiles() {
        var problems = new Problems();
        var rendered = new PatroniFile(
                        ClusterSpec.of(
                                StackDraft.minimal()
                                        .with("failover", "automatic")
                                        .with("name", SCOPE)
                                        .with("image", "example.org/postgres-patroni:18")
                                        .raw(),
                                Path.of(""),
                                "dev",
                                problems),
                        Map.of(Labels.NAME, Labels.POSTGRESQL, Labels.COMPONENT, Labels.SERVER))
                .text();
        for (int ordinal : all()) {
            var pod = get(ordinal);
            Machine.write(
                    patroni.resolve(pod.name).resolve("patroni.yml"),
                    rendered.replace("0.0.0.0:8008", pod.address + ":" + restPort)
                            .replaceAll("(listen: )\\S*:5432['\"]?", "$1" + pod.address + ":" + pods.port())
                            .replace(
                                    "/etc/streamset/scripts",
                                    pods.folder().resolve("scripts").toString())
                            .replace("/etc/postgresql", pod.etc.toString())
                            .replace("/var/run/postgresql", pod.run.toString()));
            Machine.write(
                    patroni.resolve("kubeconfig"),
                    "apiVersion: v1\nclusters: [{name: one, cluster: {server: \"" + api.address()
                            + "\"}}]\nusers: [{name: one, user: {token: x}}]\n"
                            + "contexts: [{name: kind-kind, context: {cluster: one, user: one}}]\n");
            Machine.write(patroni.resolve("account/namespace"), "postgresql");
            Machine.write(patroni.resolve("account/token"), "x");
        }
        Machine.run("chmod", "-R", "a+rX", patroni.toString());
    }

    private Container run(String script, Pod pod) {
        var more = new HashMap<>(Map.of(
                "POD_IP",
                pod.address,
                "STREAMSET_ADDRESS",
                pod.address,
                "STREAMSET_PATRONI",
                patroni.resolve(pod.name).toString(),
                "LEASE_SECONDS",
                Integer.toString(leaseSeconds),
                "SCOPE",
                SCOPE,
                "ROLE_LABEL",
                LABEL,
                "ROLE_SELECTOR",
                SELECTOR));
        more.putAll(rest());
        more.put("KUBECONFIG", patroni.resolve("kubeconfig").toString());
        more.put("STREAMSET_API", api.address());
        more.put("STREAMSET_ACCOUNT", patroni.resolve("account").toString());
        return pod.script(script, more);
    }

    /** The init container. */
    Container init(int ordinal) {
        get(ordinal).recreated();
        return run("patroni/init.sh", get(ordinal));
    }

    /** The main container. */
    Container start(int ordinal) {
        return run("patroni/start.sh", get(ordinal));
    }

    /** Both, as the kubelet runs them; the init container must let this node start. */
    Container initAndStart(int ordinal) {
        init(ordinal).mustSucceed();
        return start(ordinal);
    }

    /** A Job's only container. */
    Container job(String script) {
        var job = pods.folder().resolve("job");
        pods.makeWritable(job.resolve("tmp"));
        return pods.run("patroni/jobs/" + script, "job", job, rest());
    }

    /** The first two; the third one has answered that its volume is empty too. */
    void startTwo() {
        var third = init(2);
        var second = init(1);
        initAndStart(0);
        awaitLeader(0);
        second.mustSucceed();
        third.mustSucceed();
        start(1);
        get(0).awaitStandby(get(1));
    }

    /** All pods, as a StatefulSet starts them: side by side. */
    void startAll() {
        var inits = new Container[pods.size()];
        for (int ordinal : all()) {
            inits[ordinal] = init(ordinal);
        }
        var started = new TreeSet<Integer>();
        Await.until(
                "all may start",
                () -> {
                    for (int ordinal : all()) {
                        if (!inits[ordinal].isRunning() && started.add(ordinal)) {
                            inits[ordinal].mustSucceed();
                            start(ordinal);
                        }
                    }
                    return started.size() == pods.size();
                },
                () -> Stream.of(inits).map(Container::output).collect(Collectors.joining("----\n")));
        Await.until("somebody leads", () -> leader().isPresent(), () -> "nobody does");
        var leader = leaderPod();
        leader.awaitAnswer("SELECT pg_is_in_recovery()", "f");
        for (int ordinal : all()) {
            if (get(ordinal) != leader) {
                leader.awaitStandby(get(ordinal));
            }
        }
    }

    private Pod leaderPod() {
        var name = leader().orElseThrow();
        return IntStream.of(all())
                .mapToObj(this::get)
                .filter(pod -> pod.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The same pods on the engine that declares its primary. */
    void startDeclared() {
        get(0).initAndStart();
        pods.job("replicator.sh").mustSucceed();
        for (int ordinal = 1; ordinal < pods.size(); ordinal++) {
            get(ordinal).initAndStart();
            get(0).awaitStandby(get(ordinal));
        }
    }

    /** As the StatefulSet is deleted: all at once. */
    void stopAll() {
        var ends = IntStream.of(all())
                .mapToObj(this::get)
                .map(pods::latest)
                .map(container -> CompletableFuture.runAsync(container::terminate))
                .toList();
        ends.forEach(CompletableFuture::join);
    }

    /** Waits until another than this one leads and writes. */
    int awaitOtherLeader(int ordinal) {
        Await.until(
                "another leads",
                () -> leader().filter(name -> !name.equals(get(ordinal).name)).isPresent(),
                () -> pods.latest(get((ordinal + 1) % pods.size())).output());
        var leader = leaderPod();
        leader.awaitAnswer("SELECT pg_is_in_recovery()", "f");
        return IntStream.of(all())
                .filter(other -> get(other) == leader)
                .findFirst()
                .orElseThrow();
    }

    /** To the process of Patroni alone. */
    void signalPatroni(int ordinal, String signal) {
        Machine.run(
                "pkill",
                "--signal",
                signal,
                "-o",
                "-f",
                "patroni/run.py " + get(ordinal).folder().resolve("tmp"));
    }

    /** The first process of the server alone. */
    void killServer(int ordinal) {
        Machine.run("pkill", "--signal", "KILL", "-o", "-f", "postgres -D " + get(ordinal).data);
    }

    /** While its Patroni, which would start it again, does nothing. */
    void shutDownServer(int ordinal) {
        signalPatroni(ordinal, "STOP");
        Machine.run("pkill", "--signal", "INT", "-o", "-f", "postgres -D " + get(ordinal).data);
        Await.until(
                "the server has shut down",
                () -> !Files.exists(get(ordinal).data.resolve("postmaster.pid")),
                () -> pods.latest(get(ordinal)).output());
    }

    /** What the server writes from now on reaches no standby. */
    void sendNothingMore(int ordinal) {
        var server = Machine.run("pgrep", "-o", "-f", "postgres -D " + get(ordinal).data);
        Machine.run("pkill", "--signal", "STOP", "-P", server.strip(), "-f", "walsender");
    }

    boolean answersAsLeader(int ordinal) {
        return answers(ordinal, "/primary");
    }

    /** Waits until Patroni would promote it. */
    void awaitHealthy(int ordinal) {
        Await.until(
                get(ordinal).name + " is healthy",
                () -> answers(ordinal, "/replica"),
                () -> pods.latest(get(ordinal)).output());
    }

    private boolean answers(int ordinal, String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + get(ordinal).address + ":" + restPort + path))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** Who holds the lease. */
    Optional<String> leader() {
        return api.text("configmaps", SCOPE + "-leader", "annotations", "leader");
    }

    /** Waits until one leads and its server writes. */
    void awaitLeader(int ordinal) {
        Await.until(
                get(ordinal).name + " leads",
                () -> leader().equals(Optional.of(get(ordinal).name)),
                () -> pods.latest(get(ordinal)).output());
        get(ordinal).awaitAnswer("SELECT pg_is_in_recovery()", "f");
    }

    Optional<String> role(int ordinal) {
        return api.text("pods", get(ordinal).name, "labels", LABEL);
    }

    @Override
    public void close() {
        pods.close();
        api.close();
    }
}
