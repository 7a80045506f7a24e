package streamset.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Kubernetes that the tests use: the testbed, or the one of the kubeconfig context that CONTEXT names. */
public final class Cluster {
    private static final String TESTBED_CONTEXT = "streamset-testbed";
    private static final Path TESTBED_STATE = Command.PROJECT.resolve("testbed/.state");
    private static final String NAMED =
            System.getenv().getOrDefault("CONTEXT", "").strip();

    private Cluster() {}

    static String context() {
        return isTestbed() ? TESTBED_CONTEXT : NAMED;
    }

    static boolean isTestbed() {
        return NAMED.isEmpty() || NAMED.equals(TESTBED_CONTEXT);
    }

    /**
     * Skips a test on any other cluster, and says so.
     *
     * @param what the tests do that can only be done there
     */
    public static void mustBeTheTestbed(String what) {
        var reason = "skipped on the context " + NAMED + ": only the testbed lets tests " + what;
        if (!isTestbed()) {
            System.out.println(reason); // Maven prints no more than how many were skipped
        }
        assumeTrue(isTestbed(), reason);
    }

    /** How kubectl is called. */
    static List<String> kubectl() {
        var program = isTestbed() ? TESTBED_STATE.resolve("bin/kubectl").toString() : "kubectl";
        return List.of(program, "--context", context());
    }

    /** What kubectl, Pulumi and the scripts in tools find the cluster by; nothing where the kubeconfig is the user's own. */
    static Map<String, String> environment() {
        return isTestbed()
                ? Map.of(
                        "KUBECONFIG",
                        TESTBED_STATE.resolve("kubeconfig").toString(),
                        "PATH",
                        TESTBED_STATE.resolve("bin") + ":" + System.getenv("PATH"))
                : Map.of();
    }
}
