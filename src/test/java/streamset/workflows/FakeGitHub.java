package streamset.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program gh of the tests has been told, and what it tells: files in its folder. */
final class FakeGitHub {
    static final String REPOSITORY = "acme/streamset";
    private static final String PROGRAM = "gh";

    private final Path folder;

    /** @param folder gets the program */
    FakeGitHub(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (var program = FakeGitHub.class.getResourceAsStream(PROGRAM + ".sh")) {
            Files.copy(program, folder.resolve(PROGRAM));
        }
        folder.resolve(PROGRAM).toFile().setExecutable(true);
        for (String list : List.of("comments", "issues", "pulls")) {
            Files.writeString(folder.resolve(list), "[]");
        }
        Files.writeString(folder.resolve("jobs"), "{\"jobs\": []}");
    }

    Path folder() {
        return folder;
    }

    /** Where an artifact lies: there is none unless somebody makes the folder. */
    Path artifact(String name) {
        return folder.resolve("artifacts").resolve(name);
    }

    /** @param head owner:branch */
    void hasPullRequests(String head, String commit, int... numbers) throws IOException {
        var list = JsonMapper.shared().createArrayNode();
        for (int number : numbers) {
            var pull = list.addObject().put("number", number);
            pull.putObject("head").put("label", head).put("sha", commit);
        }
        Files.writeString(folder.resolve("pulls"), list.toString());
    }

    void hasComment(int number, String author, String body) throws IOException {
        var list = JsonMapper.shared().createArrayNode();
        comments().forEach(list::add);
        var comment = list.addObject().put("id", list.size()).put("issue", "" + number);
        comment.put("body", body).putObject("user").put("login", author);
        Files.writeString(folder.resolve("comments"), list.toString());
    }

    /** A job of the run has ended so. */
    void hasJob(String name, String conclusion) throws IOException {
        var jobs = JsonMapper.shared().createObjectNode();
        jobs.putArray("jobs").addObject().put("name", name).put("conclusion", conclusion);
        Files.writeString(folder.resolve("jobs"), jobs.toString());
    }

    private List<JsonNode> list(String name) throws IOException {
        return JsonMapper.shared()
                .readTree(folder.resolve(name).toFile())
                .valueStream()
                .toList();
    }

    List<JsonNode> comments() throws IOException {
        return list("comments");
    }

    List<JsonNode> issues() throws IOException {
        return list("issues");
    }

    /** The text of the only comment of a pull request. */
    String comment(int number) throws IOException {
        var texts = comments().stream()
                .filter(comment -> comment.path("issue").asString().equals("" + number))
                .map(comment -> comment.path("body").asString())
                .toList();
        if (texts.size() != 1) {
            throw new AssertionError(texts.size() + " comments: " + texts);
        }
        return texts.get(0);
    }
}
