package streamset.node;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import streamset.cluster.ClusterSpec;
import streamset.metrics.Dashboard;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus that reads exporters each second, under the labels that their pods would have. */
final class LivePrometheus implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = Pods.freePort();
    private final Container container;

    /** @param pods the exporters by the name of their pod */
    LivePrometheus(Path folder, String namespace, Map<String, Exporting> pods) {
        var configuration = new StringBuilder("""
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: streamset
                    static_configs:
                """);
        pods.forEach((pod, exporter) ->
                configuration.append("      - {targets: ['127.0.0.1:%d'], labels: {namespace: %s, pod: %s}}\n"
                        .formatted(exporter.port(), namespace, pod)));
        var file = folder.resolve("prometheus.yml");
        Machine.write(file, configuration.toString());
        var command = new ArrayList<>(Machine.podCommand(Path.of("/etc/hosts")));
        command.addAll(List.of(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port));
        container = Container.run(command, Map.of("PATH", "/usr/bin:/bin"), folder.resolve("prometheus.log"));
    }

    /**
     * Waits until each expression of a cluster's dashboard returns series.
     *
     * @param exporters by the name of their pod
     * @param isExpected whether there is what an expression asks for
     */
    static void awaitDashboard(
            Pods pods, ClusterSpec spec, Map<String, Exporting> exporters, Predicate<String> isExpected) {
        var folder = pods.folder().resolve("prometheus");
        pods.makeWritable(folder);
        try (var prometheus = new LivePrometheus(folder, spec.names().namespace(), exporters)) {
            JsonMapper.shared()
                    .readTree(new Dashboard(spec).text())
                    .path("panels")
                    .forEach(panel -> panel.path("targets").forEach(target -> {
                        var expression = target.path("expr").asString();
                        if (isExpected.test(expression)) {
                            prometheus.awaitSeries(expression);
                        }
                    }));
        }
    }

    void awaitSeries(String expression) {
        Await.until("series of " + expression, () -> count(expression) > 0, container::output);
    }

    private int count(String expression) {
        var query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + query))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 400) { // no expression
                throw new AssertionError(answer.body());
            }
            return answer.statusCode() == 200
                    ? JsonMapper.shared()
                            .readTree(answer.body())
                            .at("/data/result")
                            .size()
                    : 0;
        } catch (IOException e) {
            return 0; // it starts
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
