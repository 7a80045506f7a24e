package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import streamset.plan.reading.Declaration;
import streamset.pod.Volume;

/** The steps in which volumes grow. */
record VolumeSteps(Declaration before, Declaration after) {
    List<Step> growing() {
        return after.volumes().stream()
                .flatMap(
                        claim -> before
                                .volume(claim.kind())
                                .flatMap(old -> growing(claim.kind().name(), old, claim.volume()))
                                .stream())
                .toList();
    }

    private Optional<Step> growing(String volume, Volume old, Volume now) {
        if (now.size().compareTo(old.size()) <= 0) {
            return Optional.empty();
        }
        int pods = Math.min(before.replicas(), after.replicas());
        var claims = after.names().claim(volume, 0)
                + (pods == 1 ? " grows" : " … " + after.names().claim(volume, pods - 1) + " grow");
        return Optional.of(Step.withoutPause(claims + " in place from "
                + old.size().quantity() + " to " + now.size().quantity() + ", if the StorageClass allows it"));
    }
}
