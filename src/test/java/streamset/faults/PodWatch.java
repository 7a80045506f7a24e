package streamset.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import streamset.cluster.Command;

/** The pods as the API server tells of them, as soon as it does. */
final class PodWatch implements AutoCloseable {
    /** @param address empty while it has none */
    record Pod(String name, String uid, String address) {}

    private static final Duration UNTIL_NEXT_TRY = Duration.ofMillis(500); // while the API server is away

    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final Command kubectl;
    private final Consumer<Pod> seen;
    private final Thread reader = new Thread(this::watch, "pods");
    private volatile Process process;
    private volatile boolean closed;

    /**
     * @param kubectl prints name, uid and address of a pod each time one changes
     * @param seen receives each
     */
    PodWatch(Command kubectl, Consumer<Pod> seen) {
        this.kubectl = kubectl;
        this.seen = seen;
        reader.start();
    }

    private void watch() {
        while (!closed) {
            try {
                var builder = new ProcessBuilder(kubectl.words()).redirectError(ProcessBuilder.Redirect.DISCARD);
                builder.environment().putAll(kubectl.environment());
                process = builder.start();
                read(process);
                process.destroy();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Waiting.pause(UNTIL_NEXT_TRY);
        }
    }

    private void read(Process process) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                var words = line.split(" ", -1);
                var pod = new Pod(words[0], words[1], words[2]);
                pods.put(pod.name(), pod);
                seen.accept(pod);
            }
        }
    }

    /** What was last seen of it, which may be that it is gone. */
    Optional<Pod> find(String name) {
        return Optional.ofNullable(pods.get(name));
    }

    @Override
    public void close() {
        closed = true;
        if (process != null) {
            process.destroy();
        }
    }
}
