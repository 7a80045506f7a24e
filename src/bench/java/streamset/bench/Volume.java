package streamset.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import streamset.units.ByteSize;

/**
 * A file system of a fixed size of its own.
 *
 * @param device the numbers of its block device, as {@code 7:0}; empty when it lies in memory
 */
record Volume(Path path, Optional<String> device) {
    private static final int UNMOUNT_ATTEMPTS = 100; // a server that has just ended still holds it for a moment
    private static final long UNMOUNT_PAUSE_MILLISECONDS = 100;

    /** In memory: as fast as can be. */
    static Volume tmpfs(Path path, ByteSize size, Undo undo) {
        mount(path, undo, "-t", "tmpfs", "-o", "size=" + size.bytes(), "tmpfs");
        return new Volume(path, Optional.empty());
    }

    /** On a disk, made as Kubernetes makes a volume that has no file system yet. */
    static Volume ext4(Path path, ByteSize size, Undo undo) {
        var image = Path.of("target", "bench-" + ProcessHandle.current().pid() + ".img");
        Command.run("truncate", "--size=" + size.bytes(), image.toString());
        Command.run("mkfs.ext4", "-q", "-F", "-m0", image.toString());
        var loop = Command.run("losetup", "--find", "--show", "--direct-io=on", image.toString());
        try {
            mount(path, undo, loop);
            return new Volume(path, Optional.of(numbers(loop)));
        } finally {
            Command.run("losetup", "--detach", loop); // when it is unmounted, and the file with it
            Command.run("rm", image.toString());
        }
    }

    private static String numbers(String device) {
        return Command.run("lsblk", "--noheadings", "--nodeps", "--output", "MAJ:MIN", device);
    }

    private static void mount(Path path, Undo undo, String... what) {
        Command.run("mkdir", path.toString());
        var command = new String[what.length + 2];
        command[0] = "mount";
        System.arraycopy(what, 0, command, 1, what.length);
        command[what.length + 1] = path.toString();
        Command.run(command);
        undo.add(() -> unmount(path));
    }

    private static void unmount(Path path) {
        for (int attempt = 1; ; attempt++) {
            try {
                Command.run("umount", path.toString());
                return;
            } catch (AssertionError busy) {
                if (attempt == UNMOUNT_ATTEMPTS) {
                    throw busy;
                }
            }
            try {
                Thread.sleep(UNMOUNT_PAUSE_MILLISECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Makes a folder of the servers' user; the volume's own is not empty, as initdb wants it. */
    Path folder(String name) {
        var folder = path.resolve(name);
        Command.run("mkdir", "--mode=700", folder.toString());
        Command.give(folder);
        return folder;
    }

    /** What the servers' user can still fill. */
    ByteSize available() {
        return size(FileStore::getUsableSpace);
    }

    /** What is taken, deleted files that a process still holds open included. */
    ByteSize used() {
        return size(store -> store.getTotalSpace() - store.getUnallocatedSpace());
    }

    private interface Figure {
        long of(FileStore store) throws IOException;
    }

    private ByteSize size(Figure figure) {
        try {
            return new ByteSize(figure.of(Files.getFileStore(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
