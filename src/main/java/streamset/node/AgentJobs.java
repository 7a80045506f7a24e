package streamset.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.config.Credentials;
import streamset.config.Digest;
import streamset.features.DeclaredDatabases;
import streamset.features.PodAddition;
import streamset.pod.Placement;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;

/**
 * Makes the Jobs of an update, for either agent. Each runs again when something that it depends on has changed.
 *
 * @param scripts of all Jobs of the agent
 */
record AgentJobs(ClusterSpec spec, Scripts scripts) {
    /** The script of {@link #check()}. */
    static final String CHECK = "jobs/check.sh";

    /** The script of {@link #restarted}. */
    static final String RESTARTED = "jobs/restarted.sh";

    private static final int RETRIES = 3; // for machines that fail: the scripts themselves wait for servers
    private static final int NO_RETRIES = 0; // what a server refuses once it refuses again

    /** Runs only if something that it depends on has changed: starting a server takes too long to do it needlessly. */
    PodJob check() {
        // of the pods' init container, with which its server is created
        var environment = new LinkedHashMap<>(Environment.of(spec));
        environment.putAll(spec.features().parts().ofCheck().environment());
        var container = new PodContainer(
                "check", Scripts.command(CHECK), environment, volumes().mountsOfCheck());
        var inputs =
                Stream.of(spec.files().revision(), spec.config().resources().toString(), environment.toString());
        return job(
                container,
                NO_RETRIES,
                volumes().ofCheck(scripts),
                Stream.concat(inputs, words(spec.features().parts().ofCheck())).toArray(String[]::new));
    }

    /** A Job that sets the password of the role for replication. */
    PodJob replicator(String script) {
        var container =
                container("replicator", Scripts.command(script), volumes().mountsOfJob());
        return job(container, RETRIES, volumes().ofJob(scripts), credentials());
    }

    /** A Job that makes the declared databases with their roles; none where none are declared. */
    Optional<PodJob> databases(String script) {
        var declared = spec.databases();
        if (declared.all().isEmpty()) {
            return Optional.empty();
        }
        var secret = spec.names().passwords(spec.config().credentials());
        var environment = new LinkedHashMap<String, String>();
        environment.put(DeclaredDatabases.VARIABLE, declared.text());
        environment.put("PASSWORDS_SECRET", secret);
        var container = container(
                DeclaredDatabases.JOB, Scripts.command(script), volumes().mountsOfJob());
        return Optional.of(job(
                container.with(environment),
                RETRIES,
                volumes().ofJob(scripts),
                declared.text(),
                // one that somebody else manages changes without this program
                declared.passwords().isEmpty()
                        ? secret
                        : fingerprint(declared.passwords().toString())));
    }

    /** The script of {@link #databases}, where it runs: without it, a stack's Jobs are what they were before there was this one. */
    static Stream<String> ofDatabases(ClusterSpec spec, String script) {
        return spec.databases().all().isEmpty() ? Stream.empty() : Stream.of(script);
    }

    /** A Job that brings the conf files to running servers. */
    PodJob reload(String script) {
        var container = container("reload", Scripts.command(script), volumes().mountsOfReload());
        return job(
                container,
                RETRIES,
                volumes().ofReload(scripts),
                Stream.concat(
                                Stream.of(
                                        String.join(" ", hosts()), spec.files().revision()),
                                // none for most, whose Jobs keep the names that they had before this was looked at
                                spec.config().roles().lost().stream().map(ordinal -> "lost " + ordinal))
                        .toArray(String[]::new));
    }

    /** A Job that waits until every server that is not declared lost runs in a pod of the template with this digest. */
    PodJob restarted(String template, String... arguments) {
        var container = container(
                "restarted", Scripts.command(RESTARTED, arguments), volumes().mountsOfJob());
        return job(
                container,
                RETRIES,
                volumes().ofJobAsNode(scripts),
                template,
                String.join(" ", hosts()),
                spec.config().roles().lost().toString());
    }

    /**
     * A Job that queries the servers as the nodes do.
     *
     * @param deployed the pods that there are before the update
     */
    PodJob asNode(DeployedNodes deployed, String purpose, List<String> command, String... dependsOn) {
        var password = passwords().ofJobAsNode(deployed);
        // the update from a former version has a Job of its own, because a Job cannot change
        var other = Stream.of(password).filter(one -> !one.equals(passwords().ofJobAsNode()));
        return job(
                container(purpose, command, volumes().mountsOfJob()),
                RETRIES,
                volumes().ofJob(scripts, password),
                Stream.concat(Stream.of(dependsOn), other.map(PodVolume::toString))
                        .toArray(String[]::new));
    }

    /** The same for one that asks Patroni too, and runs again only if another pod is wished for. */
    PodJob once(DeployedNodes deployed, String purpose, List<String> command, int wish) {
        return new PodJob(
                purpose,
                RETRIES,
                Digest.of(purpose, Integer.toString(wish)),
                container(purpose, command, volumes().mountsOfJob()),
                volumes().ofJob(scripts, passwords().ofJobAsNode(deployed, NodePasswords.PATRONI)),
                Optional.of(wish));
    }

    /** The pods' DNS names. */
    List<String> hosts() {
        return spec.names().podHosts(spec.config().replicas());
    }

    /** The ordinal of the primary. */
    String primary() {
        return Integer.toString(spec.primary());
    }

    private PodContainer container(String purpose, List<String> command, List<PodMount> mounts) {
        return new PodContainer(
                purpose, command, spec.features().parts().ofJobs().environment(), mounts);
    }

    private PodJob job(PodContainer container, int retries, List<PodVolume> volumes, String... dependsOn) {
        var digest = Digest.of(Stream.of(
                        Stream.of(scripts.digest(), spec.config().image()),
                        words(spec.features().parts().ofJobs()),
                        Stream.of(dependsOn),
                        nodes(),
                        folders(volumes))
                .flatMap(words -> words)
                .toArray(String[]::new));
        return new PodJob(container.name(), retries, digest, container, volumes, Optional.empty());
    }

    /** Where the Job may run, if the stack says something about that: the pod of a Job cannot change. */
    private Stream<String> nodes() {
        var ofJobs = spec.placement().ofJobs();
        return ofJobs.equals(Placement.DEFAULT.ofJobs()) ? Stream.empty() : Stream.of(ofJobs.toString());
    }

    /** Nothing for nothing. */
    private static Stream<String> words(PodAddition addition) {
        return Stream.concat(
                addition.volumes().stream().map(PodVolume::toString),
                addition.environment().entrySet().stream().map(Map.Entry::toString));
    }

    /** The sizes of its empty folders, which cannot change either. */
    private static Stream<String> folders(List<PodVolume> volumes) {
        return volumes.stream().filter(PodVolume.Empty.class::isInstance).map(PodVolume::toString);
    }

    private NodeVolumes volumes() {
        return new NodeVolumes(spec);
    }

    private PasswordsVolume passwords() {
        return new PasswordsVolume(spec);
    }

    /** A fingerprint of the passwords if this program declares them, else the name of their Secret. */
    private String credentials() {
        return spec.config().credentials() instanceof Credentials.Passwords passwords
                ? fingerprint(passwords.postgres() + "\n" + passwords.replicator())
                : spec.names().passwords(spec.config().credentials());
    }

    private String fingerprint(String passwords) {
        return Digest.ofSecret(
                passwords, spec.names().namespace() + "/" + spec.names().passwords());
    }
}
