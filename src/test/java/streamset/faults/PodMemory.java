package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import streamset.cluster.Command;

/**
 * The memory of the container that a process runs in.
 *
 * @param group the container's control group
 */
record PodMemory(ProcessHandle process, Path group) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Pattern VERSION_1 = Pattern.compile("(?m)^\\d+:[^:]*\\bmemory\\b[^:]*:(.*)$");
    private static final Pattern VERSION_2 = Pattern.compile("(?m)^0::(.*)$");
    private static final String PODS = "kubepods";
    private static final int KILLED = 137;
    private static final String FIRST_TO_BE_KILLED = "1000"; // of all in its control group

    // It keeps what it has read until there is a line end, which never comes.
    private static final String USE_UP = "echo $$ >\"$0/cgroup.procs\" && exec tail /dev/zero";

    static PodMemory of(ProcessHandle process) {
        return new PodMemory(process, group(read(process, "cgroup")));
    }

    /** @param text /proc/…/cgroup */
    static Path group(String text) {
        var first = VERSION_1.matcher(text);
        if (first.find()) {
            return below(GROUPS.resolve("memory"), first.group(1));
        }
        var second = VERSION_2.matcher(text);
        if (second.find()) {
            return below(GROUPS, second.group(1));
        }
        throw new AssertionError("no control group limits the memory:\n" + text);
    }

    private static Path below(Path folder, String path) {
        if (!path.startsWith("/" + PODS)) {
            throw new AssertionError("not the control group of a pod: " + path); // its limit is that of the machine
        }
        return folder.resolve(path.substring(1));
    }

    /** Takes all that the container may have. The kernel kills this process for it, then the one that took it. */
    void useUp() {
        try {
            Files.writeString(Path.of("/proc", Long.toString(process.pid()), "oom_score_adj"), FIRST_TO_BE_KILLED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var result = new Command(List.of("sh", "-c", USE_UP, group.toString()), Map.of(), LIMIT).run();
        if (result.exitCode() != KILLED) {
            throw new AssertionError("the memory of " + group + " is not used up: " + result.output());
        }
    }

    /** From now on it gets no memory beyond what it has: in the name of its user, as nobody else may say that without a right. */
    void giveNoMore() {
        Program.run(
                "setpriv",
                "--reuid=" + id("Uid"),
                "--regid=" + id("Gid"),
                "--clear-groups",
                "prlimit",
                "--pid=" + process.pid(),
                "--as=1:1");
    }

    private String id(String name) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.split("\\s+")[1])
                .findFirst()
                .orElseThrow();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
