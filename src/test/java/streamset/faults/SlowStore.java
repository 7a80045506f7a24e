package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import streamset.cluster.TestbedStore;

/** A {@link SlowStoreProgram} before the S3 server of the testbed, until it is ended. */
final class SlowStore {
    private static final String PORT = "7071"; // the server's own is 7070
    private static final int BYTES_PER_SECOND = 100_000;

    private final TestbedStore store;
    private final Process program;

    private SlowStore(TestbedStore store, Process program) {
        this.store = store;
        this.program = program;
    }

    /** @param log gets what the program says */
    static SlowStore begin(TestbedStore store, Path log) {
        var pod = new PodProcesses(store.pod());
        var place = SlowStoreProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        var words = List.of(
                "nsenter",
                "--net",
                "--target",
                Long.toString(pod.any().pid()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                place,
                SlowStoreProgram.class.getName(),
                PORT,
                "7070",
                Integer.toString(BYTES_PER_SECOND));
        try {
            var program = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            store.reachedBy(PORT);
            return new SlowStore(store, program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end() {
        store.reachedBy("https");
        program.destroy();
    }
}
