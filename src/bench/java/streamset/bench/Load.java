package streamset.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What writes: pgbench with updates of wide rows, sustained or in bursts. */
enum Load {
    /** 3 MB of neighbouring rows at once: most WAL for each page. */
    LARGE("large updates", 4, 0, """
            \\set first random(1, :rows - 2999)
            UPDATE wide SET filler = repeat(chr(65 + (random() * 25)::int), 940) WHERE id BETWEEN :first AND :first + 2999;
            """),
    /** Rows of 500 pages at once: a page image each, and most dirty pages. */
    SCATTERED("scattered updates", 4, 0, """
            UPDATE wide SET filler = repeat(chr(65 + (random() * 25)::int), 940)
             WHERE id IN (SELECT ceil(random() * :rows)::int FROM generate_series(1, 500));
            """),
    /** Checkpoints begin while nothing is written, and the writing comes back at full speed. */
    BURSTS("bursts of 3 s", 8, 3, LARGE.script),
    /** A hundred rows in a transaction, from many clients: WAL is flushed all the time. */
    COMMITS("many commits", 16, 0, """
            \\set first random(1, :rows - 99)
            UPDATE wide SET filler = repeat(chr(65 + (random() * 25)::int), 940) WHERE id BETWEEN :first AND :first + 99;
            """);

    static final Path PGBENCH = Path.of("/usr/lib/postgresql/15/bin/pgbench"); // talks to newer servers, too
    static final String SIGNAL = "KILL"; // it has nothing to put in order
    static final String LOG = "load.log";
    private static final int LONGER_THAN_ANY_RUN_SECONDS = 3600;
    private static final int THREADS = 2;

    private final String words;
    private final int clients;
    private final int burstSeconds;
    private final String script;

    Load(String words, int clients, int burstSeconds, String script) {
        this.words = words;
        this.clients = clients;
        this.burstSeconds = burstSeconds;
        this.script = script;
    }

    /**
     * Starts it; a burst ends by itself.
     *
     * @param folder where its log goes
     * @param rows of the table {@code wide}
     */
    Process start(Path folder, int port, long rows) {
        var script = folder.resolve("load.sql");
        try {
            Files.writeString(script, this.script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var seconds = burstSeconds > 0 ? burstSeconds : LONGER_THAN_ANY_RUN_SECONDS;
        var arguments = new ArrayList<>(List.of(PGBENCH.toString(), "--no-vacuum", "--max-tries=100"));
        arguments.addAll(List.of("--host=127.0.0.1", "--port=" + port, "--username=postgres"));
        arguments.addAll(List.of("--client=" + clients, "--jobs=" + THREADS, "--time=" + seconds));
        arguments.addAll(List.of("--define=rows=" + rows, "--file=" + script, "postgres"));
        return Command.start(folder.resolve(LOG), Command.asServerUser(SIGNAL, arguments.toArray(String[]::new)));
    }

    @Override
    public String toString() {
        return words;
    }
}
