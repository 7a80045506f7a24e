package streamset.workflows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.Command;

/** The bare repository that a contributor pushes to: its main branch is this project as it lies on disk. */
final class Origin {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path bare;
    private final Path clone;

    /** @param folder an empty one */
    Origin(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.bare = folder.resolve("origin.git");
        this.clone = folder.resolve("contributor");
        git("init", "-q", "--bare", "-b", "main", bare.toString());
        git("init", "-q", "-b", "main", clone.toString());
        for (var name : git("ls-files", "-co", "--exclude-standard").lines().toList()) {
            var file = clone.resolve(name);
            if (Files.exists(Path.of(name))) {
                Files.createDirectories(file.getParent());
                Files.copy(Path.of(name), file, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        commit("main");
    }

    Path bare() {
        return bare;
    }

    /** Pushes a branch that differs from main in these files. */
    String pushes(String branch, Map<String, String> files) throws IOException {
        in("checkout", "-q", "-b", branch, "main");
        for (var file : files.entrySet()) {
            Files.writeString(clone.resolve(file.getKey()), file.getValue());
        }
        return commit(branch);
    }

    private String commit(String branch) {
        in("add", "-A");
        in("commit", "-q", "-m", branch);
        in("push", "-q", bare.toString(), branch);
        return in("rev-parse", "HEAD");
    }

    /** The objects of a stack as this branch declares them, which go into its snapshot. */
    String rendered(String stack, String stackFile) throws IOException {
        Files.writeString(clone.resolve("Pulumi." + stack + ".yaml"), stackFile);
        var render = "cd \"$0\" && exec java -cp \"$1\" streamset.review.Render \"$2\" --snapshot 2>/dev/null";
        var jar = Command.PROJECT.resolve("target/streamset.jar").toString();
        var result = new Command(List.of("bash", "-c", render, clone.toString(), jar, stack), Map.of(), LIMIT).run();
        assertEquals(0, result.exitCode(), result.output());
        return result.output() + "\n";
    }

    /** A file as it is on the contributor's branch. */
    String text(String file) throws IOException {
        return Files.readString(clone.resolve(file));
    }

    private String in(String... words) {
        var all = new ArrayList<>(List.of("-C", clone.toString()));
        all.addAll(List.of(words));
        return git(all.toArray(String[]::new));
    }

    private static String git(String... words) {
        var all = new ArrayList<>(List.of("git", "-c", "user.name=me", "-c", "user.email=me@example.com"));
        all.addAll(List.of(words));
        var result = new Command(all, new TreeMap<>(), LIMIT).run();
        assertEquals(0, result.exitCode(), () -> all + "\n" + result.output());
        return result.output();
    }
}
