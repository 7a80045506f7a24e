package streamset.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, or ended when it takes too long. */
public record Command(List<String> words, Map<String, String> environment, Duration limit) {
    /** What came of it; standard output and error in one. */
    public record Result(int exitCode, String output) {}

    public Result run() {
        return run("");
    }

    /** @param input goes to standard input */
    public Result run(String input) {
        try {
            var in = Files.createTempFile("command", ".in");
            var out = Files.createTempFile("command", ".out");
            Files.writeString(in, input);
            var builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            var output = Files.readString(out, StandardCharsets.UTF_8).strip();
            Files.delete(in);
            Files.delete(out);
            if (!ended) {
                throw new AssertionError("not ended after " + limit + ": " + words + "\n" + output);
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public static final Path PROJECT = Path.of("").toAbsolutePath();
}
