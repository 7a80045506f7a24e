package streamset.cluster;

import java.util.List;
import streamset.config.Keys;
import streamset.features.Archive;
import streamset.problems.Problems;

/** Refuses clusters of one program that would share objects, although each of them is sound. */
public final class Collisions {
    private static final List<String> NAMING = List.of("name", "namespace", "createNamespace");

    private Collisions() {}

    /** @param clusters all in the same Kubernetes cluster */
    public static void refuse(List<NamedCluster> clusters, Problems problems) {
        var sound = clusters.stream()
                .filter(cluster -> hasItsName(cluster, problems))
                .toList();
        for (int here = 1; here < sound.size(); here++) {
            for (var other : sound.subList(0, here)) {
                refuse(sound.get(here), other, problems);
            }
        }
    }

    /** Where a name could not be read, the default stands in for it. */
    private static boolean hasItsName(NamedCluster cluster, Problems problems) {
        return problems.found().stream()
                .noneMatch(problem -> NAMING.stream().map(cluster.origin()::key).anyMatch(problem.subject()::equals));
    }

    private static void refuse(NamedCluster cluster, NamedCluster other, Problems problems) {
        var keys = new Keys(problems.in(cluster.origin()::words));
        var names = cluster.spec().names();
        boolean sameNamespace = names.namespace().equals(other.spec().names().namespace());
        boolean sameName = names.prefix().equals(other.spec().names().prefix());
        if (sameNamespace && sameName) {
            keys.refuse(
                    "name",
                    names.prefix(),
                    "another cluster of the program has this name in the namespace " + names.namespace()
                            + ": the two would share all objects and volumes",
                    keys.set("name", "<another one>") + "; or another namespace: "
                            + keys.set("namespace", "<another one>"));
        } else if (cluster.name().equals(other.name())) {
            keys.refuse(
                    "name",
                    cluster.name(),
                    "another component of the program is called so, and Pulumi could not tell them apart",
                    keys.set("name", "<another one>") + "; or in the program: ClusterSource.of(\"<another one>\", …)");
        }
        if (sameNamespace
                && cluster.spec().config().createNamespace()
                && other.spec().config().createNamespace()) {
            keys.refuse(
                    "createNamespace",
                    "true",
                    "the cluster " + other.name() + " declares the namespace " + names.namespace()
                            + " already, and only one can",
                    keys.set("createNamespace", "false"));
        }
        refuseSharedArchive(cluster, other, keys);
    }

    private static void refuseSharedArchive(NamedCluster cluster, NamedCluster other, Keys keys) {
        var theirs = other.spec().archive().map(Archive::repository);
        cluster.spec()
                .archive()
                .map(Archive::repository)
                .filter(own -> theirs.filter(own::isAt).isPresent())
                .ifPresent(own -> keys.refuse(
                        "backup.path",
                        own.path(),
                        "the cluster " + other.name() + " has its archive there: neither could be restored",
                        keys.set("backup.path", own.path() + "-" + cluster.name())));
    }
}
