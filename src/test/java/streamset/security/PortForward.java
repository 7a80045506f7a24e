package streamset.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import streamset.cluster.Command;

/** {@code kubectl port-forward} to a server, while it is open. */
final class PortForward implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+)");
    private static final int LIMIT_SECONDS = 20;
    private static final int INTERVAL_MILLIS = 50;

    private final Process process;
    private final Path log;

    /** @param command kubectl with its words, on a port that it chooses */
    PortForward(Command command) {
        try {
            log = Files.createTempFile("port-forward", ".log");
            var builder = new ProcessBuilder(command.words())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(command.environment());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port on this machine, once it is open. */
    String port() {
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end && process.isAlive()) {
            var port = PORT.matcher(said());
            if (port.find()) {
                return port.group(1);
            }
            pause();
        }
        throw new AssertionError("no port is forwarded: " + said());
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
