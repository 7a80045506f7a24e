package streamset.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.patroni.PatroniFile;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;

/**
 * Patroni, with Kubernetes objects as its store: the pods elect their primary themselves. The image must have Patroni; bash
 * scripts around it decide who may start first, and end a server whose lease is gone.
 */
public record PatroniAgent(ClusterSpec spec) implements Agent {
    private static final String ROOM = "patroni/";
    private static final String INIT = ROOM + "init.sh";
    private static final String START = ROOM + "start.sh";
    private static final String STATUS = "status.sh";
    // what Patroni itself runs, and what the scripts run by Python
    private static final List<String> OF_PATRONI = List.of(
            PatroniFile.INITDB,
            PatroniFile.NODE_ROLE,
            PatroniFile.CLONE,
            PatroniFile.ROLE,
            ROOM + "rewind.sh",
            ROOM + "run.py",
            ROOM + "answer.py",
            ROOM + "kubernetes.py");

    /** The name of the volume with the file that Patroni reads. */
    public static final String VOLUME = "patroni";

    /** Where it is mounted. */
    public static final String MOUNT = Paths.PATRONI;

    private static final int STARTUP_PERIOD_SECONDS = 1; // a longer period would delay the readiness of the pod
    // a crash recovery may read max_wal_size twice from a slow disk
    private static final int STARTUP_LIMIT_SECONDS = 3600;
    private static final int READY_PERIOD_SECONDS = 5;
    private static final int READY_TIMEOUT_SECONDS = 5; // a busy machine answers late
    private static final int FAILURES_UNTIL_UNREADY = 2;
    private static final int FAILURES_UNTIL_DEAD = 3;
    private static final int MOST_ALIVE_PERIOD_SECONDS = 5;
    private static final int END_SECONDS = 5; // of a container whose Patroni hangs: the server in it ends at once

    /** Whether the first process of a server pod with this script is that of this engine. */
    public static boolean isStartedBy(String script) {
        return script.endsWith("/" + START);
    }

    @Override
    public Scripts scripts() {
        var archive = new ArchiveContainers(spec);
        return Scripts.closureOf(Stream.of(
                        Stream.of(INIT, START, STATUS),
                        OF_PATRONI.stream(),
                        archive.scripts(),
                        archive.scriptsOfPatroni())
                .flatMap(scripts -> scripts)
                .toList());
    }

    @Override
    public Scripts jobScripts() {
        return PatroniJobs.scripts(spec);
    }

    /** The file that Patroni reads. */
    public PatroniFile file() {
        return new PatroniFile(spec, Map.of(Labels.NAME, Labels.POSTGRESQL, Labels.COMPONENT, Labels.SERVER));
    }

    @Override
    public ServerPod pod() {
        var volumes = new NodeVolumes(spec);
        var environment = new PatroniEnvironment(spec, primarySelector());
        var fields = Map.of("POD_IP", "status.podIP");
        return new ServerPod(
                new PodContainer("init", Scripts.command(INIT), environment.ofInit(), fields, volumes.ofInit()),
                new PodContainer(
                        ServerPod.CONTAINER,
                        Scripts.command(START),
                        environment.ofServer(),
                        fields,
                        with(volumes.ofServer())),
                new PodProbe(
                        get("/readiness"),
                        STARTUP_PERIOD_SECONDS,
                        STARTUP_LIMIT_SECONDS / STARTUP_PERIOD_SECONDS,
                        READY_TIMEOUT_SECONDS),
                // not /readiness: a standby stays ready while nobody leads
                new PodProbe(get("/health"), READY_PERIOD_SECONDS, FAILURES_UNTIL_UNREADY, READY_TIMEOUT_SECONDS),
                alive(),
                Stream.concat(volumes.ofPod(scripts()).stream(), Stream.of(volume()))
                        .toList());
    }

    /**
     * A Patroni that hangs must be gone before its lease is, if the first process of the container, which looks sooner, hangs
     * too.
     */
    private PodProbe alive() {
        var times = spec.config().failover().times();
        long left = times.ttl().minus(times.loopWait()).toSeconds() - END_SECONDS - 1;
        // the last of them can wait for as long as its period
        int period = (int) Math.max(1, Math.min(MOST_ALIVE_PERIOD_SECONDS, left / (FAILURES_UNTIL_DEAD + 1)));
        return new PodProbe(get("/liveness"), period, FAILURES_UNTIL_DEAD, period, Optional.of(END_SECONDS));
    }

    private static PodProbe.Question get(String path) {
        return new PodProbe.Get(path, PatroniFile.REST_PORT);
    }

    private List<PodMount> with(List<PodMount> mounts) {
        var all = new ArrayList<>(mounts);
        all.add(PodMount.readOnly(VOLUME, Paths.PATRONI));
        return all;
    }

    private PodVolume volume() {
        return new PodVolume.OfConfigMap(VOLUME, spec.names().patroni(file().digest()), Map.of());
    }

    @Override
    public PodJob check() {
        return jobsOfUpdate().check();
    }

    @Override
    public List<PodJob> jobs(DeployedNodes deployed) {
        var jobs = jobsOfUpdate();
        return Stream.concat(Stream.of(jobs.replicator(), jobs.reload()), jobs.databases().stream())
                .toList();
    }

    @Override
    public PodJob restarted(String template) {
        return jobsOfUpdate().restarted(template);
    }

    @Override
    public PodJob handover(DeployedNodes deployed) {
        return jobsOfUpdate().switchover(deployed);
    }

    @Override
    public List<ScheduledJob> scheduled() {
        return jobsOfUpdate().scheduled();
    }

    @Override
    public Optional<PodJob> writable(DeployedNodes deployed) {
        return Optional.empty();
    }

    private PatroniJobs jobsOfUpdate() {
        return new PatroniJobs(spec);
    }

    @Override
    public Map<String, String> primarySelector() {
        return Map.of(PatroniFile.ROLE_LABEL, PatroniFile.PRIMARY);
    }

    /** No selector says that: the label moves. */
    @Override
    public Optional<Integer> primaryOf(Map<String, String> selector) {
        return Optional.empty();
    }

    @Override
    public Optional<String> serviceAccount() {
        return Optional.of(spec.names().account());
    }

    @Override
    public String podOfThePrimary() {
        return "service/" + spec.names().primaryService();
    }

    @Override
    public List<String> statusCommand() {
        return Scripts.command(STATUS);
    }
}
