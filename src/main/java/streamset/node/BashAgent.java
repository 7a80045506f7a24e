package streamset.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;

/**
 * Bash scripts on the official image, without API access: every pod takes the role that the topology declares, and only the
 * old primary promotes a new one. A new primary needs an update.
 */
public record BashAgent(ClusterSpec spec) implements Agent {
    private static final String INIT = "init.sh";
    private static final String START = "start.sh";
    private static final String FETCH = "backup/fetch.sh"; // named by what START has a standby do
    private static final String STATUS = "status.sh";
    private static final String STARTED = "probes/started.sh";
    private static final String READY = "probes/ready.sh";
    private static final String ALIVE = "probes/alive.sh";
    private static final List<String> OF_PODS = List.of(INIT, START, STATUS, STARTED, READY, ALIVE, FETCH);

    private static final int STARTUP_PERIOD_SECONDS = 1; // a longer period would delay the readiness of the pod
    // a crash recovery may read max_wal_size twice from a slow disk
    private static final int STARTUP_LIMIT_SECONDS = 3600;
    private static final int PERIOD_SECONDS = 5;
    private static final int TIMEOUT_SECONDS = 5; // a busy machine starts processes late
    private static final int FAILURES_UNTIL_UNREADY = 2;
    // one minute without an answer, then a restart is the better risk
    private static final int FAILURES_UNTIL_DEAD = 12;

    private static final Pattern ORDINAL = Pattern.compile("-(\\d{1,3})$"); // of a pod's name

    @Override
    public Scripts scripts() {
        return Scripts.closureOf(Stream.concat(OF_PODS.stream(), new ArchiveContainers(spec).scripts())
                .toList());
    }

    @Override
    public Scripts jobScripts() {
        return BashJobs.scripts(spec);
    }

    @Override
    public ServerPod pod() {
        var volumes = volumes();
        return new ServerPod(
                new PodContainer("init", Scripts.command(INIT), Environment.of(spec), volumes.ofInit()),
                new PodContainer(
                        ServerPod.CONTAINER, Scripts.command(START), environmentOfServer(), volumes.ofServer()),
                probe(STARTED, STARTUP_PERIOD_SECONDS, STARTUP_LIMIT_SECONDS / STARTUP_PERIOD_SECONDS),
                probe(READY, PERIOD_SECONDS, FAILURES_UNTIL_UNREADY),
                probe(ALIVE, PERIOD_SECONDS, FAILURES_UNTIL_DEAD),
                volumes.ofPod(scripts()));
    }

    private NodeVolumes volumes() {
        return new NodeVolumes(spec);
    }

    private static PodProbe probe(String script, int periodSeconds, int failures) {
        return new PodProbe(new PodProbe.Command(Scripts.command(script)), periodSeconds, failures, TIMEOUT_SECONDS);
    }

    private Map<String, String> environmentOfServer() {
        var environment = new LinkedHashMap<>(Environment.of(spec));
        var service = spec.names().primaryService();
        boolean encrypted = spec.encryption().isPresent();
        // a certificate has whole names
        environment.put(Environment.PRIMARY_SERVICE, encrypted ? spec.names().host(service) : service);
        environment.putAll(new ArchiveContainers(spec).environmentOfServer());
        return environment;
    }

    @Override
    public PodJob check() {
        return jobsOfUpdate().check();
    }

    @Override
    public List<PodJob> jobs(DeployedNodes deployed) {
        var jobs = jobsOfUpdate();
        return Stream.concat(
                        Stream.of(jobs.replicator(), jobs.reload(), jobs.slots(deployed)), jobs.databases().stream())
                .toList();
    }

    @Override
    public PodJob restarted(String template) {
        return jobsOfUpdate().restarted(template);
    }

    @Override
    public PodJob handover(DeployedNodes deployed) {
        return jobsOfUpdate().handover(deployed);
    }

    @Override
    public Optional<PodJob> writable(DeployedNodes deployed) {
        return Optional.of(jobsOfUpdate().writable(deployed));
    }

    @Override
    public List<ScheduledJob> scheduled() {
        return jobsOfUpdate().scheduled();
    }

    private BashJobs jobsOfUpdate() {
        return new BashJobs(spec);
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
    public Optional<String> serviceAccount() {
        return Optional.empty();
    }

    @Override
    public String podOfThePrimary() {
        return spec.names().pod(spec.primary());
    }

    @Override
    public List<String> statusCommand() {
        return Scripts.command(STATUS);
    }
}
