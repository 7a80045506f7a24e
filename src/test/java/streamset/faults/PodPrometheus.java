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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus on this machine that reads the pods of a cluster and the kubelet, with the rules of the cluster's own ConfigMap twice: as
 * they are, and under names with {@value PrometheusFiles#SOON} with five seconds in place of each {@code for}. An update that changes
 * the ConfigMap reaches it within ten seconds.
 */
final class PodPrometheus implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration NEW_RULES = Duration.ofSeconds(10);

    private final PrometheusFiles files;
    private final Path log;
    private final int port;
    private final KubeletProxy kubelet;
    private final Process process;
    private Instant rulesRead = Instant.now();

    private PodPrometheus(PrometheusFiles files, Path log, int port, KubeletProxy kubelet, Process process) {
        this.files = files;
        this.log = log;
        this.port = port;
        this.kubelet = kubelet;
        this.process = process;
    }

    static PodPrometheus start(FaultCluster cluster) {
        var folder = FaultCluster.folder(cluster.namespace()).resolve("prometheus");
        var files = new PrometheusFiles(cluster, folder);
        var kubelet = KubeletProxy.start(cluster.deployment(), freePort(), folder.resolve("kubelet.log"));
        files.writeConfig(kubelet);
        files.writeRules();
        int port = freePort();
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve(PrometheusFiles.CONFIG),
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.enable-lifecycle",
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        try {
            return new PodPrometheus(files, log, port, kubelet, builder.start());
        } catch (IOException e) {
            kubelet.close();
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The alerts that fire now with five seconds. */
    Set<String> firing() {
        var firing = new TreeSet<String>();
        for (var alert : get("alerts").at("/data/alerts")) {
            var name = alert.at("/labels/alertname").asString();
            if (name.endsWith(PrometheusFiles.SOON)
                    && alert.path("state").asString().equals("firing")) {
                firing.add(name.replaceFirst(PrometheusFiles.SOON + "$", ""));
            }
        }
        return firing;
    }

    /** Those that fired at any time since then with the rules as they are. */
    Set<String> firedUnchanged(Instant since) {
        return secondsUnchanged("firing", since).keySet();
    }

    /** Those that were near it, and for how many seconds in all. */
    Map<String, String> pendingUnchanged(Instant since) {
        return secondsUnchanged("pending", since);
    }

    /** It looks at the rules each second. */
    private Map<String, String> secondsUnchanged(String state, Instant since) {
        long seconds = Duration.between(since, Instant.now()).toSeconds() + 1;
        var found = new TreeMap<String, String>();
        query("sum by (alertname) (count_over_time(ALERTS{alertstate=\"" + state + "\",alertname!~\".*"
                        + PrometheusFiles.SOON + "\"}[" + seconds + "s]))")
                .forEach(series -> found.put(
                        series.at("/metric/alertname").asString(),
                        series.at("/value/1").asString()));
        return found;
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
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    /** Empty while it starts. */
    private JsonNode get(String what) {
        files.writeTargets();
        if (Instant.now().isAfter(rulesRead.plus(NEW_RULES))) {
            rulesRead = Instant.now();
            if (files.writeRules()) {
                send(HttpRequest.newBuilder(address("-/reload")).POST(HttpRequest.BodyPublishers.noBody()));
            }
        }
        return JsonMapper.shared().readTree(send(HttpRequest.newBuilder(address("api/v1/" + what))));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + path);
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.timeout(Limits.PROCESS).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "{}";
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new UncheckedIOException("Prometheus has ended: see " + log, e);
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
        kubelet.close();
    }
}
