package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import streamset.cluster.Command;

/** An update that goes on beside the test. */
final class Deploying implements AutoCloseable {
    private final Instant began = Instant.now();
    private final Process process;
    private final Path log;

    private Deploying(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log gets what it says */
    static Deploying begin(Command command, Path log) {
        var builder = new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(command.environment());
        try {
            return new Deploying(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant began() {
        return began;
    }

    /** As somebody does who loses patience: the update stops wherever it is. */
    void cancel() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** Waits for its end; whether it was done. */
    boolean succeeds() {
        try {
            if (!process.waitFor(Limits.DEPLOY.toSeconds(), TimeUnit.SECONDS)) {
                cancel();
                return false;
            }
            return process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** @throws AssertionError with all that it said when it fails */
    void mustSucceed() {
        if (!succeeds()) {
            throw new AssertionError("the update failed:\n" + said());
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            cancel();
        }
    }
}
