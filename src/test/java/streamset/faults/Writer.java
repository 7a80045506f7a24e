package streamset.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;

/** A running {@link WriterProgram}, in a mount namespace in which the cluster's DNS answers, as it does in a pod. */
final class Writer implements AutoCloseable {
    /** The table that it writes to. No vacuum: its transactions would be counted with the rows. */
    static final String TABLE = "CREATE TABLE IF NOT EXISTS fault_rows (run text, id int, PRIMARY KEY (run, id))"
            + " WITH (autovacuum_enabled = false)";

    // A name that does not exist yet, or another address behind it, is asked for each time.
    private static final List<String> NO_CACHE =
            List.of("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0");
    private static final List<String> SMALL = List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final String RESOLVER = "nameserver 10.96.0.10\noptions timeout:1 attempts:1\n"; // the testbed's
    private static final String WITH_RESOLVER = "mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"";
    private static final Duration LIMIT = Duration.ofSeconds(10); // to end

    private final String run;
    private final AcknowledgedRows rows = new AcknowledgedRows();
    private final Process process;
    private final Thread reader;

    private Writer(String run, Process process, Path log) {
        this.run = run;
        this.process = process;
        this.reader = new Thread(() -> read(log), "rows of " + run);
        reader.start();
    }

    /**
     * @param kind {@code kept} or {@code service}: one connection for all rows; {@code fresh}: one for each
     * @param folder for what it says
     */
    static Writer start(String kind, String url, String password, Path folder) {
        try {
            Files.createDirectories(folder);
            var resolver = folder.resolve("resolv.conf");
            Files.writeString(resolver, RESOLVER);
            var words = new ArrayList<>(List.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    WITH_RESOLVER,
                    "sh",
                    resolver.toString(),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            words.addAll(NO_CACHE);
            words.addAll(SMALL);
            words.addAll(List.of("-cp", place(WriterProgram.class) + ":" + place(Driver.class)));
            words.addAll(List.of(WriterProgram.class.getName(), url, kind, kind));
            var builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put(WriterProgram.PASSWORD, password);
            return new Writer(kind, builder.start(), folder.resolve(kind + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private void read(Path log) {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line + "\n");
                out.flush();
                var words = line.split(" ");
                if (words[0].equals("row")) {
                    rows.add(Instant.ofEpochMilli(Long.parseLong(words[1])), Integer.parseInt(words[2]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String run() {
        return run;
    }

    AcknowledgedRows rows() {
        return rows;
    }

    /** Waits until a row is acknowledged that was sent after now. */
    void awaitRow(Duration limit) {
        awaitRows(1, limit);
    }

    void awaitRows(int count, Duration limit) {
        int before = rows.count();
        // the next one may have been on its way already
        Waiting.until(
                "the writer (" + run + ") has a row acknowledged",
                limit,
                () -> rows.count() > before + count,
                () -> process.isAlive() ? "" : ", and its process has ended");
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(LIMIT.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
