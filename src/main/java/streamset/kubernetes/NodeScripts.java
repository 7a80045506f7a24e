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
    static final String INIT = "init.sh"; // init container: makes the data directory ready
    static final String WAL = "wal.sh"; // of init.sh: where WAL lies
    static final String STANDBY = "standby.sh"; // of init.sh: how a standby follows its primary
    static final String START = "start.sh"; // main container: starts the server
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
        for (String name : List.of(NODE, INIT, WAL, STANDBY, START, REPLICATOR, RELOAD, SLOTS, STATUS)) {
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

    /**
     * As bash reads it: the pods' DNS names by ordinal, which of them is the primary, the revision of the conf files, and the
     * file system in kB that its WAL settings need.
     */
    static String topology(ClusterSpec spec) {
        return "# shellcheck shell=bash disable=SC2034 # read by node.sh\n"
                + "HOSTS=("
                + String.join(" ", spec.names().podHosts(spec.config().replicas())) + ")\n"
                + "PRIMARY=" + spec.primary() + "\n"
                + "LOST=("
                + spec.config().roles().lost().stream().map(String::valueOf).collect(Collectors.joining(" ")) + ")\n"
                + "REVISION=" + spec.files().revision() + "\n"
                + "WAL_NEEDS="
                + (spec.files().budgets().wal().smallestFileSystem().bytes() >> 10) + "\n";
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
