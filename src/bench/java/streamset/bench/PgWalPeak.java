package streamset.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import streamset.units.ByteSize;

/** Watches how much lies in pg_wal, all files and folders of it, until it is closed. */
final class PgWalPeak implements AutoCloseable {
    private static final long INTERVAL_MILLISECONDS = 50; // at 500 MB/s less than two segments of 16 MB

    private final Path pgWal;
    private final Volume volume;
    private final Thread watcher = new Thread(this::watch, "pg_wal");
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong used = new AtomicLong();
    private volatile boolean closed;

    PgWalPeak(Path pgWal, Volume volume) {
        this.pgWal = pgWal;
        this.volume = volume;
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        try {
            while (!closed) {
                files.accumulateAndGet(sizeOfFiles(), Math::max);
                used.accumulateAndGet(volume.used().bytes(), Math::max);
                Thread.sleep(INTERVAL_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long sizeOfFiles() {
        var sum = new AtomicLong();
        try {
            Files.walkFileTree(pgWal, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE; // deleted or renamed since the folder was read
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.get();
    }

    /** The largest sum of the files' sizes. */
    ByteSize ofFiles() {
        return new ByteSize(files.get());
    }

    /** The most that was taken of the volume. */
    ByteSize ofVolume() {
        return new ByteSize(used.get());
    }

    @Override
    public void close() {
        closed = true;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
