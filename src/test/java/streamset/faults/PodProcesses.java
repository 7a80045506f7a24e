package streamset.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The processes of a pod as the machine that runs the testbed sees them: killed from here, nothing in the pod can get in
 * the way.
 *
 * @param uid the pod's, which its control groups are named after
 */
record PodProcesses(String uid) {
    private static final Path PROC = Path.of("/proc");
    private static final String SERVER = "postgres";
    private static final String PATRONI = "patroni";
    private static final String KEEPER = "pause"; // holds the pod's namespaces

    /** The server's first process, once it is there. */
    Optional<ProcessHandle> server() {
        return first(SERVER);
    }

    /** Patroni, once it is there; none where node scripts do its work. */
    Optional<ProcessHandle> patroni() {
        return first(PATRONI);
    }

    /** What Patroni or a server starts has its name for a moment. */
    private Optional<ProcessHandle> first(String name) {
        return find(process -> name(process).equals(name)
                && process.parent().map(parent -> !name(parent).equals(name)).orElse(true));
    }

    /** The processes of the server. */
    List<ProcessHandle> ofServer() {
        return all(process -> name(process).equals(SERVER));
    }

    /** All others: Patroni and node scripts. */
    List<ProcessHandle> ofScripts() {
        return all(process -> !name(process).equals(SERVER));
    }

    List<ProcessHandle> all() {
        return all(process -> true);
    }

    private List<ProcessHandle> all(Predicate<ProcessHandle> wanted) {
        return ProcessHandle.allProcesses()
                .filter(process -> !name(process).equals(KEEPER))
                .filter(wanted)
                .filter(this::isInPod)
                .toList();
    }

    /** It is there as long as the pod. */
    Optional<ProcessHandle> keeper() {
        return called(KEEPER);
    }

    /** The first process of the container that runs now: node scripts. */
    Optional<ProcessHandle> firstOfContainer() {
        return find(process -> !name(process).equals(KEEPER) && isFirst(process));
    }

    Optional<ProcessHandle> called(String name) {
        return find(process -> name(process).equals(name));
    }

    /** Any of them, to reach the pod's namespaces. */
    ProcessHandle any() {
        return find(process -> true).orElseThrow(() -> new AssertionError("no process in the pod " + uid));
    }

    private Optional<ProcessHandle> find(Predicate<ProcessHandle> wanted) {
        return ProcessHandle.allProcesses()
                .filter(wanted) // which asks less than the control groups do
                .filter(this::isInPod)
                .findFirst();
    }

    private boolean isInPod(ProcessHandle process) {
        return lines(process, "cgroup").anyMatch(line -> line.contains(uid));
    }

    /** The first process of the container that runs a script, of several containers. */
    Optional<ProcessHandle> firstRunning(String script) {
        return find(process -> isFirst(process) && lines(process, "cmdline").anyMatch(line -> line.contains(script)));
    }

    /** In the process namespace that it is in, the innermost one. */
    private static boolean isFirst(ProcessHandle process) {
        return lines(process, "status").anyMatch(line -> line.matches("NSpid:.*\\s\\d+\\s+1"));
    }

    private static String name(ProcessHandle process) {
        return lines(process, "comm").findFirst().orElse("");
    }

    private static Stream<String> lines(ProcessHandle process, String file) {
        try {
            var path = PROC.resolve(Long.toString(process.pid())).resolve(file);
            return List.copyOf(Files.readAllLines(path)).stream();
        } catch (IOException e) {
            return Stream.empty(); // it has ended meanwhile
        }
    }

    /** A file as the container that runs now sees it. */
    String file(String path) {
        var process = firstOfContainer().orElseThrow(() -> new AssertionError("no container in the pod " + uid));
        try {
            return Files.readString(PROC.resolve(Long.toString(process.pid())).resolve("root" + path));
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends a process at once, by SIGKILL, and waits until it has ended. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        Waiting.untilTheMoment("process " + process.pid() + " is killed", Limits.PROCESS, () -> !process.isAlive());
    }
}
