package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of files as {@code git apply} takes them. */
final class GitDiff {
    private static final List<String> COMMAND = List.of(
            "git",
            "-c",
            "core.quotePath=true",
            "diff",
            "--no-index",
            "--no-prefix",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--",
            "a",
            "b");

    private GitDiff() {}

    /**
     * @param before the texts of files by their paths; empty for one that is not there
     * @param after the same
     * @return nothing when they are equal
     */
    static String of(Map<Path, Optional<String>> before, Map<Path, Optional<String>> after) {
        try {
            var folder = Files.createTempDirectory("streamset-diff");
            try {
                write(folder.resolve("a"), before);
                write(folder.resolve("b"), after);
                return run(folder);
            } finally {
                Folder.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path folder, Map<Path, Optional<String>> files) throws IOException {
        Files.createDirectories(folder);
        for (var file : files.entrySet()) {
            if (file.getValue().isPresent()) {
                var path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue().get());
            }
        }
    }

    private static String run(Path folder) throws IOException {
        var builder =
                new ProcessBuilder(COMMAND).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_")); // of a hook that runs this
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null"); // nobody's prefixes and colours
        var process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
