package streamset;

import com.pulumi.Context;
import java.util.List;
import streamset.cluster.NamedCluster;
import streamset.config.Keys;
import streamset.features.Exporter;
import streamset.kubernetes.NamespaceOwner;
import streamset.problems.Problems;

/** Whether what is deployed already belongs to those who declare it. */
record DeployedChecks(Context context, Problems problems) {
    /** The engine changes a declared namespace, and can delete it with everything in it. */
    void owner(NamespaceOwner owner, NamedCluster cluster) {
        var keys = new Keys(problems.in(cluster.origin()::words));
        var namespace = cluster.spec().names().namespace();
        if (owner == NamespaceOwner.SOMEBODY_ELSE) {
            keys.refuse(
                    "namespace",
                    namespace,
                    "exists already, and was not created by this stack, which would take it over and could later delete it,"
                            + " with everything in it",
                    keys.set("createNamespace", "false") + "; or another one: " + keys.set("namespace", "<name>"));
        } else if (owner == NamespaceOwner.UNKNOWN) {
            context.log()
                    .warn("it is not known whether the namespace " + namespace
                            + " exists: if it does, this stack takes it over");
        }
    }

    /**
     * The update would end at the first object of a kind that is not known, after it has changed others.
     *
     * @param lacking CustomResourceDefinitions
     */
    void operator(List<String> lacking, NamedCluster cluster) {
        if (!lacking.isEmpty()) {
            var keys = new Keys(problems.in(cluster.origin()::words));
            keys.refuse(
                    "metrics.rules",
                    Exporter.Rules.PROMETHEUS_RULE.word(),
                    "needs the kinds of the Prometheus operator, and this Kubernetes cluster lacks "
                            + String.join(" and ", lacking),
                    "install the Prometheus operator; or the rules as a ConfigMap: "
                            + keys.set("metrics.rules", Exporter.Rules.CONFIG_MAP.word()));
        }
    }

    /** Pulumi takes a component with another name for another one, and its objects for others. */
    void component(StackState state, NamedCluster cluster) {
        var names = cluster.spec().names();
        state.component(names)
                .filter(former -> !former.equals(cluster.name()))
                .ifPresent(former -> problems.add(
                        "component",
                        cluster.name(),
                        "the stack has the cluster " + names.prefix() + " in the namespace " + names.namespace()
                                + " as the component " + former
                                + ": Pulumi would make all its objects again, which exist",
                        "in the program: ClusterSource.of(\"" + former + "\", …)"));
    }
}
