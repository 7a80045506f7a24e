package streamset.plan.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import streamset.cluster.Place;
import streamset.config.Names;
import streamset.settings.ServerSettings;
import streamset.units.ByteSize;

/**
 * What the objects of a stack mean to a cluster that runs.
 *
 * @param version major version of PostgreSQL
 * @param pods what the stack says of its pods, by configuration key; sorted
 * @param replicas pods, the primary included
 * @param primary the ordinal of the pod to which the Service for writing leads
 * @param appointed the ordinal of the pod that the nodes are told to take for the primary; another one than
 *     {@code primary} only when a hand over was interrupted
 * @param lost ordinals of pods that nobody waits for
 * @param keepDiverged whether a lost pod that returns keeps its old data aside
 * @param segmentSize of WAL
 * @param wal the volume for WAL alone, where there is one
 * @param claims all, also those of pods that are not declared
 * @param postgresqlConf the file as the servers read it
 * @param pgHbaConf the file as the servers read it
 * @param hasPods whether there is a StatefulSet
 */
public record Declaration(
        Names names,
        Place place,
        int version,
        Map<String, String> pods,
        int replicas,
        int primary,
        int appointed,
        List<Integer> lost,
        boolean keepDiverged,
        ByteSize segmentSize,
        Volume data,
        Optional<Volume> wal,
        List<Claim> claims,
        Keeping keeping,
        String postgresqlConf,
        String pgHbaConf,
        boolean hasPods) {

    public static final String IMAGE = "image";
    public static final String CPU = "resources.cpu";
    public static final String MEMORY = "resources.memory";
    public static final String SECRET = "secretName";

    public Declaration {
        pods = new TreeMap<>(pods);
        lost = List.copyOf(lost);
        claims = List.copyOf(claims);
    }

    /** What the servers run with. */
    public ServerSettings settings() {
        return ServerSettings.of(postgresqlConf, version);
    }

    public String pod(int ordinal) {
        return names.pod(ordinal);
    }

    /** The pods' names from the highest ordinal down, which is the order in which Kubernetes works on them. */
    public List<String> podsFromTheTop(int lowest, int above) {
        return IntStream.range(lowest, above)
                .map(index -> above - 1 - (index - lowest))
                .mapToObj(this::pod)
                .toList();
    }
}
