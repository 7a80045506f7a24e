package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import streamset.cluster.Deployment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus on this machine that reads the pods of a cluster, with the rules of its own ConfigMap twice: as they are, and under
 * names with {@value #SOON} with five seconds in place of each {@code for}.
 */
final class PodPrometheus implements AutoCloseable {
    private static final String SOON = "Soon";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String READS = """
            global: {scrape_interval: 2s, evaluation_interval: 1s}
            rule_files: [alerts.yaml, soon.yaml]
            scrape_configs:
              - job_name: streamset
                file_sd_configs: [{files: [targets.json]}]
            """; // Debian's Prometheus cannot ask Kubernetes
    private static final int METRICS = 9187;

    private final FaultCluster cluster;
    private final Path folder;
    private final int port;
    private final Process process;
    private String targetsWritten = "";

    private PodPrometheus(FaultCluster cluster, Path folder, int port, Process process) {
        this.cluster = cluster;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static PodPrometheus start(FaultCluster cluster) {
        var folder = FaultCluster.folder(cluster.namespace()).resolve("prometheus");
        try {
            int port = freePort();
            Program.run("rm", "-rf", folder.toString());
            Files.createDirectories(folder);
            writeRules(cluster.deployment(), folder);
            Files.writeString(folder.resolve("prometheus.yml"), READS);
            var process = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("tsdb"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            return new PodPrometheus(cluster, folder, port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void writeRules(Deployment deployment, Path folder) throws IOException {
        var rules = deployment.kubectl("get", "configmap", "postgresql-alerts", "-o", "jsonpath={.data.alerts\\.yaml}");
        Files.writeString(folder.resolve("alerts.yaml"), rules);
        var soon = rules.replaceAll("for: \\S+", "for: 5s").replaceAll("(alert: \\S+)", "$1" + SOON);
        Files.writeString(folder.resolve("soon.yaml"), soon);
    }

    /** The alerts that fire now with five seconds. */
    Set<String> firing() {
        var firing = new TreeSet<String>();
        for (var alert : JsonMapper.shared().readTree(get("alerts")).at("/data/alerts")) {
            var name = alert.at("/labels/alertname").asString();
            if (name.endsWith(SOON) && alert.path("state").asString().equals("firing")) {
                firing.add(name.replaceFirst(SOON + "$", ""));
            }
        }
        return firing;
    }

    /** Those that fired at any time since then with the rules as they are. */
    Set<String> firedUnchanged(Instant since) {
        long seconds = Duration.between(since, Instant.now()).toSeconds() + 1;
        var fired = new TreeSet<String>();
        query("max_over_time(ALERTS{alertstate=\"firing\",alertname!~\".*" + SOON + "\"}[" + seconds + "s])")
                .forEach(series -> fired.add(series.at("/metric/alertname").asString()));
        return fired;
    }

    void awaitSilent(Collection<String> alerts, Duration limit) {
        Waiting.until(
                "silent: " + alerts,
                limit,
                () -> alerts.stream().noneMatch(firing()::contains),
                () -> ", but these fire: " + firing());
    }

    /** Waits until an expression is true of so many series. */
    void awaitSeries(String expression, int count) {
        Waiting.until(
                count + " series: " + expression,
                Limits.HEALTHY,
                () -> query(expression).size() == count);
    }

    private JsonNode query(String expression) {
        var answer = get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        return JsonMapper.shared().readTree(answer).at("/data/result");
    }

    /** Pods get other addresses when they are made again; what is cut off keeps its own. */
    private void writeTargets() {
        var targets = new ArrayList<Map<String, Object>>();
        for (int ordinal = 0; ordinal < cluster.declared().replicas(); ordinal++) {
            if (cluster.hasPod(ordinal) && !cluster.pod(ordinal).address().isEmpty()) {
                targets.add(Map.of(
                        "targets",
                        List.of(cluster.pod(ordinal).address() + ":" + METRICS),
                        "labels",
                        new TreeMap<>(Map.of("namespace", cluster.namespace(), "pod", Deployment.pod(ordinal)))));
            }
        }
        var text = JsonMapper.shared().writeValueAsString(targets);
        if (!text.equals(targetsWritten)) {
            targetsWritten = text;
            try {
                var news = Files.writeString(folder.resolve("targets.new"), text);
                Files.move(news, folder.resolve("targets.json"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Empty while it starts. */
    private String get(String what) {
        writeTargets();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
                .timeout(Limits.PROCESS)
                .build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "{}";
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new UncheckedIOException("Prometheus has ended: see " + folder.resolve("log"), e);
            }
            return "{}";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
