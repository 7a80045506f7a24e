package streamset.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;

/** The Jobs of an update with {@link PatroniAgent}. */
record PatroniJobs(ClusterSpec spec) {
    private static final String DATABASES = "patroni/jobs/databases.sh";
    private static final String REPLICATOR = "patroni/jobs/replicator.sh";
    private static final String RELOAD = "patroni/jobs/reload.sh";
    private static final String SWITCHOVER = "patroni/jobs/switchover.sh";

    static Scripts scripts(ClusterSpec spec) {
        return Scripts.closureOf(Stream.concat(
                        Stream.of(AgentJobs.CHECK, REPLICATOR, RELOAD, AgentJobs.RESTARTED, SWITCHOVER),
                        Stream.concat(AgentJobs.ofDatabases(spec, DATABASES), new ArchiveContainers(spec).jobScripts()))
                .toList());
    }

    PodJob check() {
        return jobs().check();
    }

    PodJob replicator() {
        return jobs().replicator(REPLICATOR);
    }

    Optional<PodJob> databases() {
        return jobs().databases(DATABASES);
    }

    PodJob reload() {
        return jobs().reload(RELOAD);
    }

    PodJob restarted(String template) {
        return jobs().restarted(template);
    }

    /** Runs when the wish changes, and not when anything else does: between two updates the pods decide. */
    PodJob switchover(DeployedNodes deployed) {
        return jobs().once(deployed, "switchover", Scripts.command(SWITCHOVER), spec.primary());
    }

    List<ScheduledJob> scheduled() {
        return new ArchiveContainers(spec).tasks(scripts(spec));
    }

    private AgentJobs jobs() {
        return new AgentJobs(spec, scripts(spec));
    }
}
