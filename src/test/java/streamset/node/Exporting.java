package streamset.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamset.metrics.MetricsFiles;

/** The container with the exporter beside the server of a pod: the real program, in the shell that its image has. */
final class Exporting implements AutoCloseable {
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(\\{[^}]*})? (\\S+)$");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path queries;
    private final Path password;
    private final int port = Pods.freePort();
    private final Container container;

    private Exporting(Pods pods, Pod pod) {
        var folder = pod.folder().resolve("exporter");
        queries = folder.resolve("queries.yaml");
        password = pod.passwordOfMetrics();
        var script = folder.resolve("exporter.sh");
        Machine.write(queries, Machine.read(Path.of("src/main/resources/streamset/metrics/queries.yaml")));
        Machine.write(
                script,
                Machine.read(Path.of("src/main/resources/streamset/metrics/exporter.sh"))
                        .replaceAll("(?m)^LOOK_SECONDS=\\d+", "LOOK_SECONDS=1"));
        var bin = folder.resolve("bin");
        Machine.run("mkdir", "-p", bin.toString());
        for (String tool : List.of("sha256sum", "sleep", "sh")) {
            Machine.run("ln", "-sf", "/usr/bin/busybox", bin.resolve(tool).toString());
        }
        var command = new ArrayList<>(Machine.podCommand(Path.of("/etc/hosts")));
        command.addAll(List.of("sh", script.toString()));
        container = Container.run(
                command,
                Map.of(
                        "PATH",
                        bin + ":" + Machine.folderFrom("tools/exporter.sh") + ":" + pods.tools(),
                        "POSTGRES_MAJOR",
                        Integer.toString(pods.programs().major()),
                        "METRICS_PASSWORD",
                        password.toString(),
                        "METRICS_QUERIES",
                        queries.toString(),
                        "METRICS_SERVER",
                        pod.address + ":" + pods.port(),
                        "METRICS_PORT",
                        Integer.toString(port),
                        "METRICS_SSLMODE",
                        "disable"),
                folder.resolve("log"));
    }

    static Exporting of(Pods pods, Pod pod) {
        return new Exporting(pods, pod);
    }

    int port() {
        return port;
    }

    /** All series with their values; the labels are part of the names. Empty while nobody answers. */
    Map<String, Double> series() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            var text = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return SERIES.matcher(text)
                    .results()
                    .collect(Collectors.toMap(
                            one -> one.group(1) + (one.group(2) == null ? "" : one.group(2)),
                            one -> Double.valueOf(one.group(3).replace("+Inf", "Infinity")),
                            (first, second) -> second,
                            TreeMap::new));
        } catch (IOException e) {
            return Map.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The values of the metrics that this program adds. */
    Map<String, Double> own() {
        var own = new TreeMap<>(series());
        own.keySet().removeIf(name -> !name.startsWith("streamset_"));
        return own;
    }

    void await(String series, double value) {
        Await.until(
                series + " is " + value,
                () -> Double.valueOf(value).equals(series().get(series)),
                () -> own() + "\n" + container.output());
    }

    void awaitName(String series) {
        Await.until(series, () -> series().containsKey(series), () -> own() + "\n" + container.output());
    }

    /** As the kernel does when memory runs out: the program alone. */
    void killProgram() {
        container.kill("postgres_exporter");
    }

    /** Also what a cluster with backups has. */
    Exporting withArchive() {
        queries(MetricsFiles.all(true).get(MetricsFiles.QUERIES));
        return this;
    }

    /** Other queries, as the kubelet brings them. */
    void queries(String text) {
        Machine.write(queries, text);
    }

    Container container() {
        return container;
    }

    @Override
    public void close() {
        container.close();
    }
}
