package streamset.plan.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import streamset.cluster.Place;
import streamset.config.Names;
import streamset.features.State;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;
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
 * @param volumes what each pod claims, data first
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
        List<PodClaim> volumes,
        List<Claim> claims,
        Keeping keeping,
        String postgresqlConf,
        String pgHbaConf,
        boolean hasPods) {

    public static final String IMAGE = "image";
    public static final String CPU = "resources.cpu";
    public static final String MEMORY = "resources.memory";
    public static final String USER = "runAsUser";
    public static final String SECRET = "secretName";

    public Declaration {
        pods = new TreeMap<>(pods);
        lost = List.copyOf(lost);
        volumes = List.copyOf(volumes);
        claims = List.copyOf(claims);
    }

    /** What it tells a feature. */
    public State state() {
        return new State(names, hasPods, volumes);
    }

    /** What each pod has of a kind of volume; empty where it has none. */
    public Optional<Volume> volume(VolumeKind kind) {
        return state().volume(kind);
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
