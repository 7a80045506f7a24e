package streamset.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of all objects of one cluster. They are fixed: an auto-named StatefulSet that is replaced would come up with
 * new, empty volumes.
 *
 * @param prefix {@code streamset:name}
 */
public record Names(String prefix, String namespace, String clusterDomain) {
    private static final int HASH_LENGTH = 10; // characters of a digest at the end of a name
    private static final Pattern CANDIDATE = Pattern.compile(".+-candidate-[0-9a-f]{" + HASH_LENGTH + "}");
    private static final int DNS_NAME_LIMIT = 253; // characters; RFC 1123

    /** The longest prefix with which every name below is still a DNS label of 63 characters. */
    static final int PREFIX_LIMIT = KubernetesName.LABEL_LIMIT - "-replicator-".length() - HASH_LENGTH;

    public String configMap() {
        return prefix + "-configs";
    }

    /**
     * The ConfigMap with the scripts of the server pods.
     *
     * @param digest hexadecimal, at least {@value #HASH_LENGTH} characters
     */
    public String scripts(String digest) {
        return digested("scripts", digest);
    }

    /**
     * The ConfigMap with the scripts of the Jobs.
     *
     * @param digest hexadecimal, at least {@value #HASH_LENGTH} characters
     */
    public String jobScripts(String digest) {
        return digested("jobs", digest);
    }

    /** The ConfigMap with the topology. */
    public String topology() {
        return prefix + "-topology";
    }

    /**
     * The ConfigMap with the candidate files.
     *
     * @param revision hexadecimal, at least {@value #HASH_LENGTH} characters
     */
    public String candidate(String revision) {
        return digested("candidate", revision);
    }

    /** Whether an object of this name is a ConfigMap with candidate files. */
    public static boolean isCandidate(String name) {
        return CANDIDATE.matcher(name).matches();
    }

    /** The Secret with the passwords that this program declares. */
    public String passwords() {
        return prefix + "-passwords";
    }

    /** The Secret with what server pods have of them: what they log in with. */
    public String logins() {
        return prefix + "-logins";
    }

    /** The same, or the Secret of somebody else, which has the passwords themselves. */
    public String logins(Credentials credentials) {
        return credentials instanceof Credentials.ExistingSecret existing ? existing.secretName() : logins();
    }

    /** The Secret with these passwords, declared here or not. */
    public String passwords(Credentials credentials) {
        return credentials instanceof Credentials.ExistingSecret existing ? existing.secretName() : passwords();
    }

    /** The ConfigMap with what the exporter of metrics runs. */
    public String metrics() {
        return prefix + "-metrics";
    }

    /** The ConfigMap with the rules by which Prometheus alerts. */
    public String alerts() {
        return prefix + "-alerts";
    }

    /** The ConfigMap with the dashboard for Grafana. */
    public String dashboard() {
        return prefix + "-dashboard";
    }

    /** The ConfigMap with what the archive of WAL and base backups is, and the beginning of the names of what makes these. */
    public String backup() {
        return prefix + "-backup";
    }

    /**
     * The CronJob for this purpose.
     *
     * @param kind of the task: {@code full}
     */
    public String backup(String kind) {
        return backup() + "-" + kind;
    }

    /** The ConfigMap with the archive from which a new cluster is restored. */
    public String restore() {
        return prefix + "-restore";
    }

    /** The Secret with the certificate that this program makes. */
    public String certificate() {
        return prefix + "-certificate";
    }

    /**
     * The ConfigMap with the configuration of Patroni.
     *
     * @param digest hexadecimal, at least {@value #HASH_LENGTH} characters
     */
    public String patroni(String digest) {
        return digested("patroni", digest);
    }

    /**
     * A ConfigMap in which Patroni keeps its state.
     *
     * @param object as Patroni calls it: {@code config}, {@code leader}
     */
    public String patroniState(String object) {
        return prefix + "-" + object;
    }

    /** The ServiceAccount of the server pods, its Role and its RoleBinding, where the pods use the API server. */
    public String account() {
        return prefix + "-patroni";
    }

    public String headlessService() {
        return prefix + "-svc";
    }

    public String primaryService() {
        return prefix + "-primary";
    }

    public String readService() {
        return prefix + "-read";
    }

    /** The PodDisruptionBudget of the servers. */
    public String disruptionBudget() {
        return prefix + "-pdb";
    }

    /** The NetworkPolicy of the servers. */
    public String serverPolicy() {
        return prefix + "-servers";
    }

    /** The NetworkPolicy of the pods of Jobs. */
    public String jobPolicy() {
        return prefix + "-jobs";
    }

    /** The NetworkPolicy of the pods that test whether a backup can be restored. */
    public String restoreTestPolicy() {
        return prefix + "-restoretest";
    }

    public String statefulSet() {
        return prefix + "-sfs";
    }

    public String pod(int ordinal) {
        return statefulSet() + "-" + ordinal;
    }

    /** The ordinal of a pod of this cluster; empty for any other name. */
    public Optional<Integer> ordinal(String pod) {
        var start = statefulSet() + "-";
        return Optional.of(pod)
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .filter(digits -> digits.matches("\\d{1,3}"))
                .map(Integer::valueOf);
    }

    /**
     * The claim that the StatefulSet looks for: template name, StatefulSet, ordinal.
     *
     * @param volume the name of the claim template: {@code data}, for example
     */
    public String claim(String volume, int ordinal) {
        return volume + "-" + pod(ordinal);
    }

    /**
     * A Job for this purpose.
     *
     * @param digest hexadecimal, at least {@value #HASH_LENGTH} characters
     */
    public String job(String purpose, String digest) {
        return digested(purpose, digest);
    }

    private String digested(String name, String digest) {
        return prefix + "-" + name + "-" + digest.substring(0, HASH_LENGTH);
    }

    /** The DNS name of a Service of this cluster. */
    public String host(String service) {
        return service + "." + namespace + ".svc." + clusterDomain;
    }

    /** The DNS name of one pod, which the others use to connect to it. */
    public String podHost(int ordinal) {
        return pod(ordinal) + "." + host(headlessService());
    }

    /** The DNS names of all pods, by ordinal. */
    public List<String> podHosts(int replicas) {
        return IntStream.range(0, replicas).mapToObj(this::podHost).toList();
    }

    /**
     * How the names end by which the DNS knows the pods. It has a name of a pod's address for each Service that selects the pod, and
     * gives them in any order: the pod's own name where the Service is headless, and one made of the address elsewhere.
     */
    public List<String> podDomains() {
        return Stream.of(headlessService(), primaryService(), readService())
                .map(service -> "." + host(service))
                .toList();
    }

    boolean dnsNamesFit(int replicas) {
        return podHost(replicas - 1).length() <= DNS_NAME_LIMIT;
    }
}
