package streamset.kubernetes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import streamset.cluster.ClusterSpec;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;
import streamset.units.ByteSize;

/** Compares the claims that exist with the declared ones: what the cluster would refuse is told before anything changes. */
public final class ClaimChecks {
    private static final String MOVE = "docs/operations.md, Growing a volume";

    private final ClusterSpec spec;
    private final Problems problems;

    private ClaimChecks(ClusterSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    /** @param existing the claims in the cluster's namespace; those that are not declared do not count */
    public static void run(ClusterSpec spec, List<ExistingClaim> existing, Problems problems) {
        var checks = new ClaimChecks(spec, problems);
        for (var declared : VolumeClaim.all(spec)) {
            var changed = checks.changed(declared, existing);
            checks.unbound(declared, changed);
            checks.shrinking(declared, changed);
            checks.growing(declared, changed);
        }
    }

    /** What the change plan cannot know: whether a volume may grow. */
    static void growth(ClusterSpec spec, List<ExistingClaim> existing, Problems problems) {
        var checks = new ClaimChecks(spec, problems);
        VolumeClaim.all(spec).forEach(declared -> checks.growing(declared, checks.changed(declared, existing)));
    }

    private List<ExistingClaim> changed(VolumeClaim declared, List<ExistingClaim> existing) {
        var names = IntStream.range(0, spec.config().replicas())
                .mapToObj(ordinal -> spec.names().claim(declared.volume(), ordinal))
                .toList();
        return existing.stream()
                .filter(claim -> names.contains(claim.name()))
                .filter(claim -> !claim.requested().equals(declared.size()))
                .toList();
    }

    private void unbound(VolumeClaim declared, List<ExistingClaim> claims) {
        var unbound =
                claims.stream().filter(claim -> claim.capacity().isEmpty()).toList();
        if (!unbound.isEmpty()) {
            var kubectl = "kubectl -n " + spec.names().namespace() + " delete ";
            problem(
                    declared,
                    names(unbound) + " asks for " + sizes(unbound)
                            + " and has no volume yet: only one that has can change",
                    kubectl + "statefulset " + spec.names().statefulSet() + " && " + kubectl + "pvc "
                            + names(unbound).replace(",", "") + "\n(they are empty), then deploy again");
        }
    }

    private void shrinking(VolumeClaim declared, List<ExistingClaim> claims) {
        claims.stream()
                .filter(claim -> declared.size().compareTo(claim.requested()) < 0)
                .filter(claim -> claim.capacity()
                        .filter(size -> declared.size().compareTo(size) < 0)
                        .isPresent())
                .max((one, other) -> one.requested().compareTo(other.requested()))
                .ifPresent(largest -> problem(
                        declared,
                        "the volume of " + largest.name() + " has "
                                + largest.capacity().orElseThrow().quantity() + ", and no volume can shrink",
                        set(declared, largest.requested())));
    }

    private void growing(VolumeClaim declared, List<ExistingClaim> claims) {
        var stuck = claims.stream()
                .filter(claim -> claim.capacity().isPresent() && !claim.growing())
                .filter(claim -> declared.size().compareTo(claim.requested()) > 0)
                .toList();
        if (!stuck.isEmpty()) {
            var first = stuck.get(0);
            var fact = names(stuck) + " has " + sizes(stuck) + " of ";
            var asBefore = set(declared, first.requested()) + "\nor ";
            if (first.className().isEmpty()) {
                problem(
                        declared,
                        fact + "no StorageClass, so nothing can let it grow",
                        asBefore + "move to a StorageClass that lets volumes grow: " + MOVE);
            } else {
                problem(
                        declared,
                        fact + "the StorageClass " + first.className()
                                + ", which does not let volumes grow (allowVolumeExpansion)",
                        asBefore + "if its driver can: kubectl patch storageclass " + first.className()
                                + " -p '{\"allowVolumeExpansion\":true}'\nor move to another StorageClass: " + MOVE);
            }
        }
    }

    private void problem(VolumeClaim declared, String reason, String fix) {
        problems.add(
                StackConfig.NAMESPACE + ":" + declared.sizeKey(),
                declared.size().quantity(),
                reason,
                fix);
    }

    private static String set(VolumeClaim declared, ByteSize size) {
        int field = declared.sizeKey().lastIndexOf('.') + 1;
        var path = StackConfig.NAMESPACE + ":" + declared.sizeKey().substring(0, field);
        return new ConfigCommand(path, declared.sizeKey().substring(field), false).set(size.quantity());
    }

    private static String names(List<ExistingClaim> claims) {
        return claims.stream().map(ExistingClaim::name).collect(Collectors.joining(", "));
    }

    private static String sizes(List<ExistingClaim> claims) {
        return claims.stream()
                .map(claim -> claim.requested().quantity())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
