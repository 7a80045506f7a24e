package streamset.plan.refusals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import streamset.config.Keys;
import streamset.plan.reading.Claim;
import streamset.plan.reading.Declaration;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.problems.Problems;
import streamset.units.ByteSize;

/** Changes that existing claims cannot make: a cluster would refuse them halfway through an update. */
final class ClaimRefusals {
    private static final String MOVE = "docs/operations.md, Growing a volume";

    private final Declaration after;
    private final Keys keys;
    private final Volume wanted;
    private final String key; // of the volume's size
    private final List<Claim> claims; // of pods that are declared

    private ClaimRefusals(Declaration before, Declaration after, Problems problems, PodClaim wanted) {
        this.after = after;
        this.keys = new Keys(problems);
        this.wanted = wanted.volume();
        this.key = wanted.kind().sizeKey();
        this.claims = before.claims().stream()
                .filter(claim -> claim.kind().equals(wanted.kind()))
                .filter(claim -> claim.ordinal() < after.replicas())
                .toList();
    }

    private static List<ClaimRefusals> all(Declaration before, Declaration after, Problems problems) {
        return after.volumes().stream()
                .map(wanted -> new ClaimRefusals(before, after, problems, wanted))
                .toList();
    }

    /** The refusals that follow from the claims themselves. */
    static void check(Declaration before, Declaration after, Problems problems) {
        for (var volume : all(before, after, problems)) {
            volume.unbound();
            volume.shrinking();
        }
    }

    /** @param fixedClasses the StorageClasses that do not let volumes grow */
    static void checkGrowth(Declaration before, Declaration after, Set<String> fixedClasses, Problems problems) {
        all(before, after, problems).forEach(volume -> volume.growing(fixedClasses));
    }

    /** The StorageClasses of the claims that would grow. */
    static Set<String> growingClasses(Declaration before, Declaration after) {
        return all(before, after, new Problems()).stream()
                .flatMap(volume -> volume.toGrow().stream())
                .map(Claim::className)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private List<Claim> changed() {
        return claims.stream()
                .filter(claim -> !claim.requested().equals(wanted.size()))
                .toList();
    }

    private void unbound() {
        var unbound =
                changed().stream().filter(claim -> claim.capacity().isEmpty()).toList();
        if (!unbound.isEmpty()) {
            var kubectl = after.place().kubectl() + " -n " + after.names().namespace() + " delete ";
            refuse(
                    names(unbound) + " requests " + sizes(unbound)
                            + " and has no volume yet: only a claim with a volume can change",
                    kubectl + "statefulset " + after.names().statefulSet() + " && " + kubectl + "pvc "
                            + names(unbound).replace(",", "") + "\n(they are empty), then deploy again");
        }
    }

    /** A claim that requested more than its volume has can be lowered to that. */
    private void shrinking() {
        var larger = changed().stream()
                .filter(claim -> wanted.size().compareTo(claim.requested()) < 0)
                .filter(claim -> claim.capacity()
                        .filter(size -> wanted.size().compareTo(size) < 0)
                        .isPresent())
                .toList();
        larger.stream()
                .max((one, other) -> one.requested().compareTo(other.requested()))
                .ifPresent(largest -> refuse(
                        areAll(largest.requested(), larger)
                                ? "the volumes have " + largest.requested().quantity() + ", and volumes do not shrink"
                                : "the volume of " + largest.name() + " has "
                                        + largest.capacity().orElseThrow().quantity() + ", and no volume can shrink",
                        keys.set(key, largest.requested().quantity())));
    }

    private boolean areAll(ByteSize size, List<Claim> larger) {
        return larger.equals(claims)
                && larger.stream()
                        .allMatch(claim -> claim.requested().equals(size)
                                && claim.capacity().orElseThrow().equals(size));
    }

    private List<Claim> toGrow() {
        return claims.stream()
                .filter(claim -> claim.capacity().isPresent())
                .filter(claim -> wanted.size().compareTo(claim.requested()) > 0)
                .toList();
    }

    private void growing(Set<String> fixedClasses) {
        var stuck = toGrow().stream()
                .filter(claim -> claim.className().isEmpty() || fixedClasses.contains(claim.className()))
                .toList();
        if (!stuck.isEmpty()) {
            var first = stuck.get(0);
            var fact = names(stuck) + " has " + sizes(stuck) + " of ";
            var asBefore = keys.set(key, first.requested().quantity()) + "\nor ";
            if (first.className().isEmpty()) {
                refuse(
                        fact + "no StorageClass, so it cannot grow",
                        asBefore + "move to a StorageClass that lets volumes grow: " + MOVE);
            } else {
                refuse(
                        fact + "the StorageClass " + first.className()
                                + ", which does not let volumes grow (allowVolumeExpansion)",
                        asBefore + "if its driver can: " + after.place().kubectl() + " patch storageclass "
                                + first.className()
                                + " -p '{\"allowVolumeExpansion\":true}'\nor move to another StorageClass: " + MOVE);
            }
        }
    }

    private void refuse(String reason, String fix) {
        keys.refuse(key, wanted.size().quantity(), reason, fix);
    }

    private static String names(List<Claim> claims) {
        return claims.stream().map(Claim::name).collect(Collectors.joining(", "));
    }

    private static String sizes(List<Claim> claims) {
        return claims.stream()
                .map(claim -> claim.requested().quantity())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
