package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamset.cluster.Command;

/** A program of the testbed itself. */
final class Daemon {
    static final String API_SERVER = "kube-apiserver";
    static final String KUBELET = "kubelet";

    private static final Path PIDS = Command.PROJECT.resolve("testbed/.state/run/pid");

    private Daemon() {}

    /** Its process. Another program may have got its number since it ended. */
    static ProcessHandle of(String name) {
        try {
            var pid = Files.readString(PIDS.resolve(name)).strip();
            var running = Files.readString(Path.of("/proc", pid, "comm")).strip();
            if (!running.equals(name)) {
                throw new AssertionError("process " + pid + " is not " + name + " but " + running);
            }
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the testbed has no " + name, e);
        }
    }
}
