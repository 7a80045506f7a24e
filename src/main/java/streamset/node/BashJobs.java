package streamset.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;

/** The Jobs of an update with {@link BashAgent}. */
record BashJobs(ClusterSpec spec) {
    private static final String DATABASES = "jobs/databases.sh";
    private static final String HANDOVER = "jobs/handover.sh";
    private static final String RELOAD = "jobs/reload.sh";
    private static final String REPLICATOR = "jobs/replicator.sh";
    private static final String SLOTS = "jobs/slots.sh";

    static Scripts scripts(ClusterSpec spec) {
        return Scripts.closureOf(Stream.concat(
                        Stream.of(AgentJobs.CHECK, HANDOVER, RELOAD, REPLICATOR, AgentJobs.RESTARTED, SLOTS),
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

    PodJob slots(DeployedNodes deployed) {
        return jobs().asNode(
                        deployed,
                        "slots",
                        Scripts.command(SLOTS),
                        spec.names().statefulSet(),
                        Integer.toString(jobs().hosts().size()),
                        jobs().primary());
    }

    PodJob restarted(String template) {
        return jobs().restarted(template, "lost");
    }

    PodJob handover(DeployedNodes deployed) {
        return handover(deployed, "handover", Scripts.command(HANDOVER, "ready"));
    }

    PodJob writable(DeployedNodes deployed) {
        return handover(deployed, "writable", Scripts.command(HANDOVER));
    }

    List<ScheduledJob> scheduled() {
        return new ArchiveContainers(spec).tasks(scripts(spec));
    }

    private PodJob handover(DeployedNodes deployed, String purpose, List<String> command) {
        return jobs().asNode(
                        deployed,
                        purpose,
                        command,
                        jobs().primary(),
                        spec.config().roles().lost().toString());
    }

    private AgentJobs jobs() {
        return new AgentJobs(spec, scripts(spec));
    }
}
