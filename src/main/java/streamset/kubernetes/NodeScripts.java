package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import streamset.config.Credentials;

/** The bash scripts that run in the pods, and where the pods find them. */
final class NodeScripts {
    static final String NODE = "node.sh"; // functions that the others share
    static final String PEERS = "peers.sh"; // asking servers who they are
    static final String INIT = "init.sh"; // init container: makes the data directory ready
    static final String WAL = "wal.sh"; // of init.sh and start.sh: where WAL lies
    static final String STANDBY = "standby.sh"; // of init.sh and start.sh: how a standby follows its upstream
    static final String START = "start.sh"; // main container: runs the server in the declared role
    static final String SERVER = "server.sh"; // of start.sh: starting and ending the server
    static final String ROLE = "role.sh"; // of start.sh: handing over, following
    static final String REJOIN = "rejoin.sh"; // of start.sh: back from a way of its own
    static final String STARTED = "started.sh"; // startup probe
    static final String HANDOVER = "handover.sh"; // Job: the declared primary writes
    static final String REPLICATOR = "replicator.sh"; // Job: the role for replication
    static final String RELOAD = "reload.sh"; // Job: makes the servers read changed conf files
    static final String SLOTS = "slots.sh"; // Job: the standbys' replication slots
    static final String STATUS = "status.sh"; // for people: what streams, and how far

    /**
     * Hosts and primary. In the ConfigMap and not in the pod's environment, because every change of a pod's environment
     * restarts the pod, and scaling must not.
     */
    static final String TOPOLOGY = "topology.sh";

    private static final String DIRECTORY = "/etc/streamset/scripts";
    private static final String PASSWORDS_DIRECTORY = "/etc/streamset/passwords";
    // the files belong to root; the server's group gets in through fsGroup
    private static final int GROUP_READABLE = 0440;

    private NodeScripts() {}

    /** All scripts by file name, sorted. */
    static Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (String name : List.of(
                NODE,
                PEERS,
                INIT,
                WAL,
                STANDBY,
                START,
                SERVER,
                ROLE,
                REJOIN,
                STARTED,
                HANDOVER,
                REPLICATOR,
                RELOAD,
                SLOTS,
                STATUS)) {
            texts.put(name, text(name));
        }
        return texts;
    }

    /** One script as it lies in the jar. */
    static String text(String name) {
        try (var stream = NodeScripts.class.getResourceAsStream("/streamset/node/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the stack declares of its pods, as bash reads it. */
    static String topology(ClusterSpec spec) {
        return "# shellcheck shell=bash disable=SC2034 # read by node.sh\n"
                + hosts(spec)
                + roles(spec)
                + "KEEP_DIVERGED=" + spec.config().roles().keepDiverged() + "\n"
                + revision(spec)
                + walNeeds(spec);
    }

    /** The pods' DNS names by ordinal. */
    static String hosts(ClusterSpec spec) {
        return "HOSTS=(" + String.join(" ", spec.names().podHosts(spec.config().replicas())) + ")\n";
    }

    /** Which of the pods is the primary, and which of them nobody waits for, by ordinal. */
    static String roles(ClusterSpec spec) {
        var roles = spec.config().roles();
        var lost = roles.lost().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return "PRIMARY=" + roles.primary() + "\nLOST=(" + lost + ")\n";
    }

    /** Of both conf files. */
    static String revision(ClusterSpec spec) {
        return "REVISION=" + spec.files().revision() + "\n";
    }

    /** The file system, in kB, that the WAL settings need. */
    private static String walNeeds(ClusterSpec spec) {
        return "WAL_NEEDS=" + (spec.budgets().wal().smallestFileSystem().bytes() >> 10) + "\n";
    }

    static List<String> command(String script) {
        return List.of("bash", DIRECTORY + "/" + script);
    }

    static VolumeMountArgs mount() {
        return VolumeMountArgs.builder()
                .name("scripts")
                .mountPath(DIRECTORY)
                .readOnly(true)
                .build();
    }

    static VolumeArgs volume(ClusterSpec spec) {
        return VolumeArgs.builder()
                .name("scripts")
                .configMap(ConfigMapVolumeSourceArgs.builder()
                        .name(spec.names().scripts())
                        .build())
                .build();
    }

    static VolumeMountArgs passwordsMount() {
        return VolumeMountArgs.builder()
                .name("passwords")
                .mountPath(PASSWORDS_DIRECTORY)
                .readOnly(true)
                .build();
    }

    static VolumeArgs passwordsVolume(ClusterSpec spec) {
        return VolumeArgs.builder()
                .name("passwords")
                .secret(SecretVolumeSourceArgs.builder()
                        .secretName(secretName(spec))
                        .defaultMode(GROUP_READABLE)
                        .build())
                .build();
    }

    /** The Secret that holds the passwords, declared here or not. */
    static String secretName(ClusterSpec spec) {
        return spec.config().credentials() instanceof Credentials.ExistingSecret existing
                ? existing.secretName()
                : spec.names().passwords();
    }
}
