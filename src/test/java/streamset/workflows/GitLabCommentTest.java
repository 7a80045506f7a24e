package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.cluster.Command;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** tools/comment.sh and the API of a GitLab, as far as it uses it. */
@Tag("server")
class GitLabCommentTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int ME = 5;
    private static final int ITEMS_OF_A_PAGE = 2; // so that there are several

    @TempDir
    private Path folder;

    private final ArrayNode notes = JsonMapper.shared().createArrayNode();
    private final ArrayNode issues = JsonMapper.shared().createArrayNode();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void rewritesItsOwnCommentInPlace() throws IOException {
        note(1, "<!-- streamset: review -->\nlooks good to me");
        note(1, "hello");
        note(ME, "<!-- streamset: preview of dev -->\npreview");
        var file = folder.resolve("comment.md");
        for (String text : List.of("first & best = 1\nä", "second")) {
            Files.writeString(file, text);
            run("post", "review", "7", file.toString());
        }
        assertEquals(
                List.of(
                        "<!-- streamset: review -->\nlooks good to me",
                        "hello",
                        "<!-- streamset: preview of dev -->\npreview",
                        "<!-- streamset: review -->\nsecond"),
                notes.valueStream().map(note -> note.path("body").asString()).toList());
    }

    @Test
    void opensAnIssueOnceAndClosesItAgain() throws IOException {
        var file = Files.writeString(folder.resolve("drift.md"), "difference\n").toString();
        run("drift", "dev", "2", file);
        run("drift", "dev", "2", file);
        run("drift", "dev", "0", file);
        assertEquals(1, issues.size());
        assertEquals("close", issues.get(0).path("state_event").asString());
        assertEquals(
                "The cluster of the stack dev has drifted",
                issues.get(0).path("title").asString());
    }

    private void note(int author, String body) {
        var note = notes.addObject().put("id", notes.size()).put("body", body);
        note.putObject("author").put("id", author);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var list = path.contains("/notes") ? notes : issues;
        Object answer = Map.of("id", ME);
        if (!"secret".equals(exchange.getRequestHeaders().getFirst("PRIVATE-TOKEN"))) {
            exchange.sendResponseHeaders(401, -1);
            return;
        } else if (exchange.getRequestMethod().equals("GET") && path.startsWith("/projects")) {
            answer = page(list, exchange.getRequestURI().getQuery());
        } else if (exchange.getRequestMethod().equals("POST")) {
            var item = list.addObject().put("id", list.size()).put("iid", list.size());
            item.putObject("author").put("id", ME);
            form(exchange).forEach(item::put);
        } else if (exchange.getRequestMethod().equals("PUT")) {
            var item = (ObjectNode) list.get(Integer.parseInt(path.replaceAll(".*/", "")) - 1);
            form(exchange).forEach(item::put);
        }
        var bytes = JsonMapper.shared().writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static List<?> page(ArrayNode list, String query) {
        int first = (Integer.parseInt(query.replaceAll(".*[&?]page=", "")) - 1) * ITEMS_OF_A_PAGE;
        return list.valueStream().skip(first).limit(ITEMS_OF_A_PAGE).toList();
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var fields = new HashMap<String, String>();
        var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String field : text.split("&")) {
            var parts = field.split("=", 2);
            fields.put(
                    parts[0],
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8).stripTrailing());
        }
        return fields;
    }

    private void run(String... words) {
        var all = new ArrayList<>(List.of("env", "-i"));
        all.addAll(List.of(
                "PATH=/usr/bin:/bin",
                "GITLAB_CI=true",
                "GITLAB_TOKEN=secret",
                "CI_API_V4_URL=http://127.0.0.1:" + server.getAddress().getPort(),
                "CI_PROJECT_ID=1",
                "CI_JOB_URL=https://gitlab.com/acme/streamset/-/jobs/1",
                "tools/comment.sh"));
        all.addAll(Arrays.asList(words));
        var result = new Command(all, Map.of(), LIMIT).run();
        assertEquals(0, result.exitCode(), result.output());
    }
}
