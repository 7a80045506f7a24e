package streamset.plan.reading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import streamset.catalog.ParameterName;
import streamset.cluster.Place;
import streamset.conf.hba.HbaFile;
import streamset.config.Names;
import streamset.features.DeclaredDatabase;
import streamset.features.Encryption;
import streamset.features.State;
import streamset.patroni.DynamicConfiguration;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;
import streamset.settings.ServerSettings;
import streamset.units.ByteSize;

/**
 * What the objects of a stack mean for a running cluster.
 *
 * @param version major version of PostgreSQL
 * @param pods what the stack declares about its pods, by configuration key; sorted
 * @param replicas number of pods, including the primary
 * @param primary the ordinal of the pod that the Service for writing selects; with an automatic failover, of the one that led
 *     when the objects were read
 * @param declaredPrimary the ordinal of the primary in the topology; it differs from {@code primary} only after an
 *     interrupted handover
 * @param patroni what Patroni shares among the pods; empty when the stack declares the primary
 * @param lost ordinals of pods that nobody waits for
 * @param keepDiverged whether a lost pod that returns keeps a copy of its old data
 * @param segmentSize of WAL
 * @param volumes what each pod claims, data first
 * @param claims all claims, including those of pods that are not declared
 * @param postgresqlConf the file that the servers read
 * @param pgHbaConf the file that the servers read
 * @param databases those that a Job makes
 * @param archive where WAL and base backups go; empty when they go nowhere
 * @param hasPods whether there is a StatefulSet
 */
public record Declaration(
        Names names,
        Place place,
        int version,
        Map<String, String> pods,
        int replicas,
        int primary,
        int declaredPrimary,
        Optional<String> patroni,
        List<Integer> lost,
        boolean keepDiverged,
        ByteSize segmentSize,
        List<PodClaim> volumes,
        List<Claim> claims,
        Keeping keeping,
        String postgresqlConf,
        String pgHbaConf,
        List<DeclaredDatabase> databases,
        Optional<String> archive,
        boolean hasPods) {

    public static final String IMAGE = "image";
    public static final String CPU = "resources.cpu";
    public static final String MEMORY = "resources.memory";
    public static final String HUGE_PAGES = "resources.hugePages"; // an empty text without any
    public static final String USER = "runAsUser";
    public static final String SECRET = "secretName";

    /** The Secret with the servers' certificate; its value is empty where they have none. */
    public static final String TLS = "tls";

    /** The Secret with the certificate of {@code replicator}; its value is empty where pods have none. */
    public static final String TLS_CLIENT = "tls.clientSecretName";

    /** The image of the exporter of metrics; an empty text where there is none. */
    public static final String METRICS = "metrics";

    /** The image of the container that archives; an empty text where there is none. */
    public static final String BACKUP = "backup.image";

    /** What this container gets of processor time; an empty text where there is none. */
    public static final String BACKUP_CPU = "backup.resources.cpu";

    /** And of memory. */
    public static final String BACKUP_MEMORY = "backup.resources.memory";

    /** The point in time at which the data began; an empty text where nothing says so. */
    public static final String RESTORED = "restore";

    public Declaration {
        pods = new TreeMap<>(pods);
        lost = List.copyOf(lost);
        volumes = List.copyOf(volumes);
        claims = List.copyOf(claims);
        databases = List.copyOf(databases);
    }

    /** The part of it that features see. */
    public State state() {
        var encryption = Optional.of(pods.getOrDefault(TLS, ""))
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new Encryption(secret, HbaFile.requiresTls(pgHbaConf), client()));
        return new State(
                names,
                place.kubectl(),
                hasPods,
                volumes,
                encryption,
                Optional.of(pods.getOrDefault(RESTORED, "")).filter(target -> !target.isEmpty()));
    }

    private Optional<Encryption.Client> client() {
        return Optional.of(pods.getOrDefault(TLS_CLIENT, ""))
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new Encryption.Client(secret, HbaFile.requiresClientCertificates(pgHbaConf)));
    }

    /** Each pod's volume of a kind; empty if pods have none. */
    public Optional<Volume> volume(VolumeKind kind) {
        return state().volume(kind);
    }

    /** The settings that the servers run with. */
    public ServerSettings settings() {
        return ServerSettings.of(postgresqlConf, version);
    }

    /** Whether the pods decide by themselves which of them is primary. */
    public boolean automatic() {
        return patroni.isPresent();
    }

    /** The value of {@code streamset:failover}. */
    public String failover() {
        return automatic() ? "automatic" : "declared";
    }

    /** With an automatic failover nobody declares who is primary: it is whoever leads. */
    public Declaration asDecided() {
        return automatic() ? withPrimary(primary) : this;
    }

    /**
     * The same after another declaration: with an automatic failover only a new wish changes the primary, or the removal of its
     * pod; who takes over then is not known, and counts as the lowest one.
     */
    public Declaration after(Declaration before) {
        boolean sameWish = automatic() && before.automatic() && declaredPrimary == before.declaredPrimary;
        return sameWish ? withPrimary(before.primary < replicas ? before.primary : 0) : this;
    }

    private Declaration withPrimary(int ordinal) {
        return new Declaration(
                names,
                place,
                version,
                pods,
                replicas,
                ordinal,
                ordinal,
                patroni,
                lost,
                keepDiverged,
                segmentSize,
                volumes,
                claims,
                keeping,
                postgresqlConf,
                pgHbaConf,
                databases,
                archive,
                hasPods);
    }

    /** synchronous_standby_names, with which commits wait for standbys; with an automatic failover any of them. */
    public String standbyNames() {
        return patroni.map(DynamicConfiguration::synchronousStandbys)
                .map(standbys -> standbys == 0 ? "" : "ANY " + standbys + " (*)")
                .orElseGet(() -> settings()
                        .value(ParameterName.SYNCHRONOUS_STANDBY_NAMES)
                        .canonical());
    }

    public String pod(int ordinal) {
        return names.pod(ordinal);
    }

    /** The pods' names from the highest ordinal down, which is the order in which Kubernetes restarts them. */
    public List<String> podsFromTheTop(int lowest, int above) {
        return IntStream.range(lowest, above)
                .map(index -> above - 1 - (index - lowest))
                .mapToObj(this::pod)
                .toList();
    }
}
