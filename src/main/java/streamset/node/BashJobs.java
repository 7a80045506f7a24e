package streamset.node;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.config.Credentials;
import streamset.config.Digest;
import streamset.pod.PodVolume;

/** The Jobs of an update with {@link BashAgent}. Each runs again when something that it depends on has changed. */
record BashJobs(ClusterSpec spec) {
    private static final String CHECK = "jobs/check.sh";
    private static final String HANDOVER = "jobs/handover.sh";
    private static final String RELOAD = "jobs/reload.sh";
    private static final String REPLICATOR = "jobs/replicator.sh";
    private static final String SLOTS = "jobs/slots.sh";

    private static final int RETRIES = 3; // for machines that fail: the scripts themselves wait for servers
    private static final int NO_RETRIES = 0; // what a server refuses once it refuses again

    static Scripts scripts() {
        return Scripts.closureOf(List.of(CHECK, HANDOVER, RELOAD, REPLICATOR, SLOTS));
    }

    /**
     * Runs only if something that it depends on has changed: starting a server takes too long to do it needlessly.
     *
     * @param environment of the pods' init container, with which its server is created
     */
    PodJob check(Map<String, String> environment) {
        var container = new PodContainer(
                "check", BashAgent.command(CHECK), environment, volumes().mountsOfCheck());
        return job(
                container,
                NO_RETRIES,
                volumes().ofCheck(scripts()),
                spec.files().revision(),
                spec.config().resources().toString(),
                environment.toString());
    }

    PodJob replicator() {
        return job("replicator", BashAgent.command(REPLICATOR), credentials());
    }

    PodJob slots() {
        return job(
                "slots",
                BashAgent.command(SLOTS),
                spec.names().statefulSet(),
                Integer.toString(hosts().size()),
                primary());
    }

    PodJob handover() {
        var command = Stream.concat(BashAgent.command(HANDOVER).stream(), Stream.of("ready"));
        return handover("handover", command.toList());
    }

    PodJob writable() {
        return handover("writable", BashAgent.command(HANDOVER));
    }

    private PodJob handover(String purpose, List<String> command) {
        return job(purpose, command, primary(), spec.config().roles().lost().toString());
    }

    PodJob reload() {
        var container = new PodContainer(
                "reload", BashAgent.command(RELOAD), Map.of(), volumes().mountsOfReload());
        return job(
                container,
                RETRIES,
                volumes().ofReload(scripts()),
                String.join(" ", hosts()),
                spec.files().revision());
    }

    private NodeVolumes volumes() {
        return new NodeVolumes(spec);
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
        return job(container, RETRIES, volumes().ofJob(scripts()), dependsOn);
    }

    private PodJob job(PodContainer container, int retries, List<PodVolume> volumes, String... dependsOn) {
        var fixed = Stream.of(scripts().digest(), spec.config().image());
        var digest = Digest.of(Stream.concat(fixed, Stream.of(dependsOn)).toArray(String[]::new));
        return new PodJob(container.name(), retries, digest, container, volumes);
    }
}
