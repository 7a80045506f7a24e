package streamset.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.config.Credentials;
import streamset.config.Digest;
import streamset.pod.PodVolume;

/**
 * Bash scripts on the official image, without API access: every pod takes the role that the topology declares, and only the
 * old primary promotes a new one. A new primary needs an update.
 */
public record BashAgent(ClusterSpec spec) implements Agent {
    private static final String INIT = "init.sh";
    private static final String START = "start.sh";
    private static final String STATUS = "status.sh";
    private static final String STARTED = "probes/started.sh";
    private static final String READY = "probes/ready.sh";
    private static final String ALIVE = "probes/alive.sh";
    private static final List<String> OF_PODS = List.of(INIT, START, STATUS, STARTED, READY, ALIVE);
    private static final List<String> OF_JOBS =
            List.of(script("check"), script("handover"), script("reload"), script("replicator"), script("slots"));

    private static final int STARTUP_PERIOD_SECONDS = 1; // a longer period would delay the readiness of the pod
    // a crash recovery may read max_wal_size twice from a slow disk
    private static final int STARTUP_LIMIT_SECONDS = 3600;
    private static final int PERIOD_SECONDS = 5;
    private static final int TIMEOUT_SECONDS = 5; // a busy machine starts processes late
    private static final int FAILURES_UNTIL_UNREADY = 2;
    // one minute without an answer, then a restart is the better risk
    private static final int FAILURES_UNTIL_DEAD = 12;

    private static final Pattern ORDINAL = Pattern.compile("-(\\d{1,3})$"); // of a pod's name

    private static final int RETRIES = 3; // for machines that fail: the scripts themselves wait for servers
    private static final int NO_RETRIES = 0; // what a server refuses once it refuses again

    private static String script(String purpose) {
        return "jobs/" + purpose + ".sh";
    }

    @Override
    public Scripts scripts() {
        return Scripts.closureOf(OF_PODS);
    }

    @Override
    public Scripts jobScripts() {
        return Scripts.closureOf(OF_JOBS);
    }

    @Override
    public ServerPod pod() {
        var volumes = volumes();
        return new ServerPod(
                new PodContainer("init", command(INIT), environment(), volumes.ofInit()),
                new PodContainer(ServerPod.CONTAINER, command(START), environmentOfServer(), volumes.ofServer()),
                probe(STARTED, STARTUP_PERIOD_SECONDS, STARTUP_LIMIT_SECONDS / STARTUP_PERIOD_SECONDS),
                probe(READY, PERIOD_SECONDS, FAILURES_UNTIL_UNREADY),
                probe(ALIVE, PERIOD_SECONDS, FAILURES_UNTIL_DEAD),
                volumes.ofPod(scripts()));
    }

    private NodeVolumes volumes() {
        return new NodeVolumes(spec);
    }

    private static PodProbe probe(String script, int periodSeconds, int failures) {
        return new PodProbe(command(script), periodSeconds, failures, TIMEOUT_SECONDS);
    }

    private static List<String> command(String script) {
        return List.of("bash", Paths.SCRIPTS + "/" + script);
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        // explicit, because official images from 18 on have another default
        environment.put(Environment.DATA, Paths.data());
        // In the pods and not in the topology: another size cannot apply to existing data, and this way the first
        // standby that restarts reports it.
        environment.put(
                Environment.WAL_SEGMENT_MEGABYTES,
                Long.toString(spec.config().wal().segmentSize().megabytes()));
        environment.put(
                Environment.MAJOR_VERSION, Integer.toString(spec.config().version()));
        environment.putAll(spec.features().parts().environment());
        return environment;
    }

    private Map<String, String> environmentOfServer() {
        var environment = environment();
        environment.put(Environment.PRIMARY_SERVICE, spec.names().primaryService());
        return environment;
    }

    /** Runs only if something that it depends on has changed: starting a server takes too long to do it needlessly. */
    @Override
    public PodJob check() {
        var limits = spec.config().resources();
        var container = new PodContainer(
                "check", command(script("check")), environment(), volumes().mountsOfCheck());
        return job(
                container,
                NO_RETRIES,
                volumes().ofCheck(jobScripts()),
                spec.files().revision(),
                limits.toString(),
                environment().toString());
    }

    @Override
    public List<PodJob> jobs() {
        return List.of(
                job("replicator", command(script("replicator")), credentials()),
                reload(),
                job(
                        "slots",
                        command(script("slots")),
                        spec.names().statefulSet(),
                        Integer.toString(hosts().size()),
                        primary()));
    }

    @Override
    public PodJob handover() {
        return handover("handover", "ready");
    }

    @Override
    public PodJob writable() {
        return handover("writable");
    }

    private PodJob handover(String purpose, String... arguments) {
        var command = Stream.concat(command(script("handover")).stream(), Stream.of(arguments))
                .toList();
        return job(purpose, command, primary(), spec.config().roles().lost().toString());
    }

    private PodJob reload() {
        var container = new PodContainer(
                "reload", command(script("reload")), Map.of(), volumes().mountsOfReload());
        return job(
                container,
                RETRIES,
                volumes().ofReload(jobScripts()),
                String.join(" ", hosts()),
                spec.files().revision());
    }

    private List<String> hosts() {
        return spec.names().podHosts(spec.config().replicas());
    }

    private String primary() {
        return Integer.toString(spec.primary());
    }

    /** A fingerprint of the passwords if this program declares them, else the name of their Secret. */
    private String credentials() {
        var names = spec.names();
        return spec.config().credentials() instanceof Credentials.Passwords passwords
                ? Digest.ofSecret(
                        passwords.postgres() + "\n" + passwords.replicator(),
                        names.namespace() + "/" + names.passwords())
                : names.passwords(spec.config().credentials());
    }

    private PodJob job(String purpose, List<String> command, String... dependsOn) {
        var container = new PodContainer(purpose, command, Map.of(), volumes().mountsOfJob());
        return job(container, RETRIES, volumes().ofJob(jobScripts()), dependsOn);
    }

    private PodJob job(PodContainer container, int retries, List<PodVolume> volumes, String... dependsOn) {
        var fixed = Stream.of(jobScripts().digest(), spec.config().image());
        var digest = Digest.of(Stream.concat(fixed, Stream.of(dependsOn)).toArray(String[]::new));
        return new PodJob(container.name(), retries, digest, container, volumes);
    }

    @Override
    public Map<String, String> primarySelector() {
        return Map.of(Labels.POD_NAME, spec.names().pod(spec.primary()));
    }

    @Override
    public Optional<Integer> primaryOf(Map<String, String> selector) {
        return Optional.ofNullable(selector.get(Labels.POD_NAME))
                .flatMap(pod -> ORDINAL.matcher(pod)
                        .results()
                        .map(name -> Integer.valueOf(name.group(1)))
                        .findFirst());
    }

    @Override
    public boolean usesApiServer() {
        return false;
    }

    @Override
    public List<String> statusCommand() {
        return command(STATUS);
    }
}
