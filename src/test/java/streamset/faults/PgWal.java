package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import streamset.units.ByteSize;

/**
 * The WAL of a pod, on its volume.
 *
 * @param folder pg_wal
 */
record PgWal(Path folder) {
    static PgWal of(FaultCluster cluster, int ordinal) {
        return new PgWal(cluster.volume(ordinal).folder().resolve("pgdata/pg_wal"));
    }

    /** Of all files in it. */
    ByteSize size() {
        return new ByteSize(Stream.concat(files(folder), files(status()))
                .mapToLong(file -> file.toFile().length()) // 0 where it is gone meanwhile
                .sum());
    }

    /** Files that the server wants archived. */
    int waiting() {
        return (int) files(status())
                .filter(file -> file.toString().endsWith(".ready"))
                .count();
    }

    private Path status() {
        return folder.resolve("archive_status");
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of(); // the data are being made
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
