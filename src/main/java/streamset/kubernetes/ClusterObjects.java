package streamset.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.Credentials;
import streamset.features.Archive;
import streamset.features.Exporter;
import streamset.node.Agent;
import streamset.node.DeployedNodes;
import streamset.node.PatroniAgent;
import streamset.node.PgBackRestFile;
import streamset.node.Topology;
import tools.jackson.databind.JsonNode;

/**
 * All objects of a cluster, in the order in which an update declares them.
 *
 * @param stages one after the other
 */
public record ClusterObjects(List<Stage> stages) {
    /**
     * Objects that are declared at the same time.
     *
     * @param awaited the objects that the next stage waits for
     * @param others the objects that nothing waits for
     */
    public record Stage(List<Declarable> awaited, List<Declarable> others) {
        public Stage {
            awaited = List.copyOf(awaited);
            others = List.copyOf(others);
        }

        /** All of them. */
        public Stream<Declarable> objects() {
            return Stream.concat(awaited.stream(), others.stream());
        }
    }

    public ClusterObjects {
        stages = List.copyOf(stages);
    }

    /**
     * @param place the Kubernetes cluster, as far as it is known
     * @param deployed the pods that exist already
     */
    public static ClusterObjects of(ClusterSpec spec, Place place, DeployedNodes deployed) {
        var agent = Agent.of(spec);
        var checked = new ArrayList<>(List.of(ConfConfigMap.ofCandidate(spec), ScriptsConfigMap.ofJobs(spec)));
        spec.certificate().ifPresent(made -> checked.add(CertificateSecret.of(spec, made)));
        var stages = new ArrayList<Stage>();
        stages.add(
                new Stage(spec.config().createNamespace() ? List.of(ClusterNamespace.of(spec)) : List.of(), List.of()));
        stages.add(new Stage(checked, List.of()));
        if (deployed.exist()) {
            // conf files that no server can run with end the update here, before it has changed anything
            stages.add(new Stage(List.of(AgentJob.withServer(spec, agent.check())), List.of()));
        }
        // a volume that cannot grow ends the update here, before anything that depends on its size
        stages.add(new Stage(claims(spec), List.of()));
        stages.add(new Stage(inputs(spec, deployed), List.of()));
        stages.addAll(pods(spec, place, agent, deployed));
        return new ClusterObjects(stages);
    }

    /**
     * Pods, and who writes. The Job that awaits the new primary is there before the handover, where that is possible: the
     * start of a pod takes CPU time from servers that hand over. The Service selects the new primary only when that can take
     * over at once, and else keeps the old one.
     */
    private static List<Stage> pods(ClusterSpec spec, Place place, Agent agent, DeployedNodes deployed) {
        var handover = List.of(AgentJob.of(spec, agent.handover(deployed)));
        var writable = agent.writable(deployed).map(job -> AgentJob.of(spec, job)).stream()
                .toList();
        var service = PrimaryService.of(spec);
        // beside the StatefulSet, which the provider calls complete before the first pod has restarted; nothing waits
        // for the Job
        var restarted = AgentJob.of(spec, agent.restarted(new PodTemplate(spec).digest()));
        var pods = List.of(PostgresStatefulSet.of(spec, place), restarted);
        var others = new ArrayList<>(List.of(ReadService.of(spec), DisruptionBudget.of(spec)));
        var jobs = Stream.concat(
                        agent.jobs(deployed).stream().map(job -> AgentJob.of(spec, job)),
                        agent.scheduled().stream().map(job -> BackupCronJob.of(spec, job)))
                .toList();
        if (movesDown(spec, deployed)) {
            others.addAll(jobs);
            return List.of(
                    new Stage(handover, others),
                    new Stage(
                            Stream.concat(Stream.of(service), writable.stream()).toList(), List.of()),
                    new Stage(List.of(), pods));
        }
        // No Job waits for the StatefulSet: its standbys become ready only after they have cloned, for which they need
        // the role, and a standby that is declared primary only after the handover.
        others.addAll(pods);
        others.addAll(jobs);
        others.addAll(writable);
        if (!deployed.exist()) {
            others.add(AgentJob.withServer(spec, agent.check()));
        }
        if (stopsDecidingByItself(spec, deployed)) {
            others.add(service);
            return List.of(new Stage(handover, others));
        }
        return List.of(new Stage(handover, others), new Stage(List.of(), List.of(service)));
    }

    /**
     * The pods of the other engine stop, and with them the only server that writes, so the Service need not wait for a handover. No
     * pod has the label that it selects any more: it would have no endpoint until then, while the declared primary writes already.
     */
    private static boolean stopsDecidingByItself(ClusterSpec spec, DeployedNodes deployed) {
        return deployed.automatic() && !spec.config().failover().automatic();
    }

    /**
     * Where pods restart, the old primary would end before it can hand over, so the StatefulSet changes only after that. Pods that
     * decide by themselves do so whenever one of them ends, and all stop before others do that.
     */
    private static boolean movesDown(ClusterSpec spec, DeployedNodes deployed) {
        var lost = spec.config().roles().lost();
        return deployed.exist()
                && !deployed.automatic()
                && !spec.config().failover().automatic()
                && deployed.topology()
                        .filter(former -> Topology.handsDown(former.primary(), spec.primary(), lost))
                        .isPresent();
    }

    private static List<Declarable> claims(ClusterSpec spec) {
        return IntStream.range(0, spec.config().replicas())
                .boxed()
                .flatMap(ordinal -> VolumeClaim.all(spec).stream().map(claim -> claim.of(spec, ordinal)))
                .toList();
    }

    /** What pods and Jobs read when they start. */
    private static List<Declarable> inputs(ClusterSpec spec, DeployedNodes deployed) {
        var inputs = new ArrayList<>(List.of(
                ConfConfigMap.of(spec),
                ScriptsConfigMap.ofPods(spec),
                TopologyConfigMap.of(spec, Topology.of(spec, new PodTemplate(spec).digest(), deployed.topology()))));
        if (spec.config().credentials() instanceof Credentials.Passwords passwords) {
            inputs.add(PasswordsSecret.of(spec, passwords));
            inputs.add(PasswordsSecret.ofNodes(spec, passwords));
        }
        inputs.add(HeadlessService.of(spec));
        spec.exporter().ifPresent(exporter -> {
            inputs.add(MetricsConfigMap.of(spec));
            inputs.addAll(rules(spec, exporter));
            if (exporter.dashboard()) {
                inputs.add(DashboardConfigMap.of(spec));
            }
        });
        spec.archive().ifPresent(archive -> inputs.add(BackupConfigMap.of(spec, PgBackRestFile.of(archive))));
        spec.restoration()
                .ifPresent(restoration -> inputs.add(BackupConfigMap.ofRestore(spec, PgBackRestFile.of(restoration))));
        spec.clients().ifPresent(clients -> {
            inputs.addAll(List.of(ServersNetworkPolicy.of(spec, clients), JobsNetworkPolicy.of(spec)));
            spec.archive()
                    .filter(Archive::testsRestoring)
                    .ifPresent(archive -> inputs.add(RestoreTestNetworkPolicy.of(spec, archive)));
        });
        if (Agent.of(spec) instanceof PatroniAgent patroni) {
            inputs.addAll(ofPatroni(spec, patroni));
        }
        return inputs;
    }

    private static List<Declarable> rules(ClusterSpec spec, Exporter exporter) {
        return switch (exporter.rules()) {
            case CONFIG_MAP -> List.of(AlertsConfigMap.of(spec, exporter));
            case PROMETHEUS_RULE ->
                List.of(AlertsPrometheusRule.of(spec, exporter), MetricsPodMonitor.of(spec, exporter));
            case NONE -> List.of();
        };
    }

    private static List<Declarable> ofPatroni(ClusterSpec spec, PatroniAgent patroni) {
        var objects = new ArrayList<>(List.of(
                PatroniAccount.of(spec),
                PatroniRole.of(spec),
                PatroniRoleBinding.of(spec),
                PatroniConfigMap.of(spec, patroni.file())));
        objects.addAll(PatroniState.all(spec));
        return objects;
    }

    /** All objects as data, in this order. */
    public List<JsonNode> json() {
        return stages.stream().flatMap(Stage::objects).map(Declarable::json).toList();
    }
}
