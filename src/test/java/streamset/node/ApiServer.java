package streamset.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fake: the part of the Kubernetes API that Patroni and the scripts around it use, for objects of one namespace. It lists,
 * watches, creates and patches ConfigMaps and pods, with versions as the real one has them, and can be away.
 */
final class ApiServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private record Event(long version, String kind, String text) {}

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new TreeMap<>(); // by kind and name
    private final List<Event> events = new ArrayList<>();
    private long version = 1;
    private boolean away;

    ApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "api");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Neither answers nor goes on with what it is sending, or comes back. */
    synchronized void away(boolean isAway) {
        away = isAway;
        notifyAll();
    }

    synchronized void put(String kind, String name, Map<String, String> labels) {
        var object = JSON.createObjectNode();
        object.put("apiVersion", "v1").put("kind", kind.equals("pods") ? "Pod" : "ConfigMap");
        var metadata = object.putObject("metadata").put("name", name);
        labels.forEach(metadata.withObject("/labels")::put);
        store(kind, name, object, "ADDED");
    }

    synchronized void delete(String kind, String name) {
        var gone = objects.remove(kind + "/" + name);
        gone.withObject("/metadata").put("resourceVersion", Long.toString(++version));
        record(kind, gone, "DELETED");
    }

    /** Of an object: a label, or an annotation. */
    synchronized Optional<String> text(String kind, String name, String field, String key) {
        return Optional.ofNullable(objects.get(kind + "/" + name))
                .map(object -> object.path("metadata").path(field).path(key))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    synchronized void annotate(String name, String key, String value) {
        var object = objects.get("configmaps/" + name);
        object.withObject("/metadata/annotations").put(key, value);
        store("configmaps", name, object, "MODIFIED");
    }

    private void store(String kind, String name, ObjectNode object, String event) {
        object.withObject("/metadata").put("resourceVersion", Long.toString(++version));
        objects.put(kind + "/" + name, object);
        record(kind, object, event);
    }

    private void record(String kind, ObjectNode object, String event) {
        var line = JSON.createObjectNode().put("type", event);
        line.set("object", object.deepCopy());
        events.add(new Event(version, kind, line.toString()));
        notifyAll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().split("/"); // "", api, v1, namespaces, NAMESPACE, KIND, NAME
            var query = query(exchange);
            var body = exchange.getRequestBody().readAllBytes();
            if (query.containsKey("watch")) {
                watch(exchange, path[5], Long.parseLong(query.get("resourceVersion")), query);
                return;
            }
            var answer = JSON.createObjectNode();
            int status = answer(exchange.getRequestMethod(), path, query, body, answer);
            var bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var text = exchange.getRequestURI().getRawQuery();
        return text == null
                ? Map.of()
                : Arrays.stream(text.split("&"))
                        .map(part -> part.split("=", 2))
                        .collect(Collectors.toMap(
                                part -> part[0],
                                part -> part.length < 2 ? "" : URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
    }

    private synchronized int answer(
            String method, String[] path, Map<String, String> query, byte[] body, ObjectNode answer) {
        if (away) {
            return UNAVAILABLE;
        }
        var kind = path[5];
        if (path.length == 6 && method.equals("GET")) {
            answer.put("kind", "List").putObject("metadata").put("resourceVersion", Long.toString(version));
            var items = answer.putArray("items");
            objects.forEach((key, object) -> {
                if (key.startsWith(kind + "/") && matches(object, query)) {
                    items.add(object.deepCopy());
                }
            });
            return 200;
        } else if (path.length == 6) {
            var created = (ObjectNode) JSON.readTree(body);
            created.put("kind", "ConfigMap");
            store(kind, created.path("metadata").path("name").asString(), created, "ADDED");
            answer.setAll(created);
            return 201;
        }
        var object = objects.get(kind + "/" + path[6]);
        if (object == null) {
            return NOT_FOUND;
        }
        if (method.equals("PATCH")) {
            var patch = JSON.readTree(body);
            var expected = patch.path("metadata").path("resourceVersion");
            if (expected.isString()
                    && !expected.asString()
                            .equals(object.path("metadata")
                                    .path("resourceVersion")
                                    .asString())) {
                return CONFLICT;
            }
            merge(object, patch);
            store(kind, path[6], object, "MODIFIED");
        }
        answer.setAll(object.deepCopy());
        return 200;
    }

    private static void merge(ObjectNode object, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                object.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                merge(object.withObject("/" + field.getKey().replace("~", "~0").replace("/", "~1")), field.getValue());
            } else {
                object.set(field.getKey(), field.getValue());
            }
        });
    }

    private static boolean matches(JsonNode object, Map<String, String> query) {
        var selector = query.getOrDefault("labelSelector", "");
        return selector.isEmpty()
                || Arrays.stream(selector.split(","))
                        .map(part -> part.split("=", 2))
                        .allMatch(part -> object.path("metadata")
                                .path("labels")
                                .path(part[0])
                                .asString("")
                                .equals(part[1]));
    }

    private void watch(HttpExchange exchange, String kind, long since, Map<String, String> query) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        long seen = since;
        while (true) {
            var lines = new StringBuilder();
            synchronized (this) {
                try {
                    wait(1000); // ends sooner when there is something, and looks whether the other side is there
                    // otherwise
                } catch (InterruptedException e) {
                    return;
                }
                if (away) {
                    return;
                }
                for (var event : events) {
                    if (event.version > seen
                            && event.kind.equals(kind)
                            && matches(JSON.readTree(event.text).path("object"), query)) {
                        lines.append(event.text).append("\n");
                    }
                }
                seen = version;
            }
            body.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            body.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
