package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import java.util.List;

/**
 * When a server counts as started, ready and alive; {@code pg_isready} asks through the pod's own socket. Started is a
 * standby only when it streams, and a former primary when it has handed over, so that a rolling restart goes on only then;
 * ready it stays without its primary.
 */
final class Probes {
    private static final int STARTUP_PERIOD_SECONDS = 1; // each second of it is a second more until the pod is ready
    // a crash recovery may read max_wal_size twice from a slow disk
    private static final int STARTUP_LIMIT_SECONDS = 3600;
    private static final int PERIOD_SECONDS = 5;
    private static final int TIMEOUT_SECONDS = 5; // a busy node starts processes late
    // one minute without an answer, then a restart is the better risk
    private static final int FAILURES_UNTIL_DEAD = 12;

    // 0: accepts connections, 1: rejects them (starts, stops, recovers), 2: no answer
    private static final String ACCEPTS = "pg_isready -q";
    // the last: start.sh has ended the server for a while, to rewind the data or to clone them anew
    private static final String ANSWERS = ACCEPTS + " || [ $? = 1 ] || [ -e /tmp/busy ]";

    private Probes() {}

    static ProbeArgs startup() {
        return probe(NodeScripts.command(NodeScripts.STARTED))
                .periodSeconds(STARTUP_PERIOD_SECONDS)
                .failureThreshold(STARTUP_LIMIT_SECONDS / STARTUP_PERIOD_SECONDS)
                .build();
    }

    static ProbeArgs readiness() {
        return probe(ACCEPTS).periodSeconds(PERIOD_SECONDS).failureThreshold(2).build();
    }

    static ProbeArgs liveness() {
        return probe(ANSWERS)
                .periodSeconds(PERIOD_SECONDS)
                .failureThreshold(FAILURES_UNTIL_DEAD)
                .build();
    }

    private static ProbeArgs.Builder probe(String command) {
        return probe(List.of("bash", "-c", command));
    }

    private static ProbeArgs.Builder probe(List<String> command) {
        return ProbeArgs.builder()
                .exec(ExecActionArgs.builder().command(command).build())
                .timeoutSeconds(TIMEOUT_SECONDS);
    }
}
