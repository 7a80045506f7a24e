package streamset.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import streamset.conf.ConfFiles;
import streamset.config.Credentials;
import streamset.config.Names;
import streamset.config.StackConfig;
import streamset.settings.ServerSettings;
import streamset.settings.Settings;
import streamset.units.ByteSize;

/**
 * All of a stack whose change means something to a cluster that runs.
 *
 * @param version major version of PostgreSQL
 * @param pods what cannot change without new pods, by configuration key; sorted
 * @param replicas pods, the primary included
 * @param primary the ordinal of the pod to which the Service for writing leads
 * @param appointed the ordinal of the pod that the nodes are told to take for the primary; another one than
 *     {@code primary} only when a hand over was interrupted
 * @param lost ordinals of pods that nobody waits for
 * @param segmentSize of WAL
 * @param wal the volume for WAL alone, where there is one
 * @param restart changes with the settings for which servers must restart
 * @param postgresqlConf the file as the servers read it
 * @param pgHbaConf the file as the servers read it
 * @param missing the objects that should be there and are not; none for what is wanted
 */
public record Declaration(
        Names names,
        int version,
        Map<String, String> pods,
        int replicas,
        int primary,
        int appointed,
        List<Integer> lost,
        ByteSize segmentSize,
        Volume data,
        Optional<Volume> wal,
        String restart,
        String postgresqlConf,
        String pgHbaConf,
        List<String> missing) {

    public static final String IMAGE = "image";
    public static final String CPU = "resources.cpu";
    public static final String MEMORY = "resources.memory";
    public static final String SECRET = "secretName";

    public Declaration {
        pods = new TreeMap<>(pods);
        lost = List.copyOf(lost);
        missing = List.copyOf(missing);
    }

    /** What a stack declares now. */
    public static Declaration of(StackConfig config, Settings settings, ConfFiles files) {
        return new Declaration(
                config.names(),
                config.version(),
                Map.of(
                        IMAGE, config.image(),
                        CPU, config.resources().cpu().quantity(),
                        MEMORY, config.resources().memory().quantity(),
                        SECRET, secretName(config)),
                config.replicas(),
                config.roles().primary(),
                config.roles().primary(),
                config.roles().lost(),
                config.wal().segmentSize(),
                new Volume(config.storage().size(), config.storage().className()),
                config.wal().volume().map(volume -> new Volume(volume.size(), volume.className())),
                settings.restartDigest(),
                files.postgresqlConf(),
                files.pgHbaConf(),
                List.of());
    }

    private static String secretName(StackConfig config) {
        return config.credentials() instanceof Credentials.ExistingSecret existing
                ? existing.secretName()
                : config.names().passwords();
    }

    /** Whether there is a StatefulSet, and so pods. */
    boolean hasPods() {
        return !missing.contains("StatefulSet " + names.statefulSet());
    }

    /** What the servers run with. */
    ServerSettings settings() {
        return ServerSettings.of(postgresqlConf, version);
    }

    String pod(int ordinal) {
        return names.pod(ordinal);
    }

    /** The pods' names from the highest ordinal down, which is the order in which Kubernetes works on them. */
    List<String> podsFromTheTop(int lowest, int above) {
        return IntStream.range(lowest, above)
                .map(index -> above - 1 - (index - lowest))
                .mapToObj(this::pod)
                .toList();
    }
}
