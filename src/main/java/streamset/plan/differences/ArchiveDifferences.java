package streamset.plan.differences;

import java.util.List;
import streamset.features.Archive;
import streamset.features.Restoration;
import streamset.plan.reading.Declaration;

/** The differences of pods that come and go with the container that archives, or with the one that restores: each has a row of its own. */
record ArchiveDifferences(Declaration before, Declaration after) {
    private static final List<String> OF_RESTORATION = List.of(
            Restoration.TMP_VOLUME, Restoration.CONF_VOLUME, Restoration.SECRET_VOLUME, Restoration.AUTHORITY_VOLUME);

    boolean isTold(Difference difference) {
        return before.hasPods()
                && (comesOrGoes(Declaration.BACKUP) && isOfTheArchiver(difference)
                        || comesOrGoes(Declaration.RESTORED) && isOfTheRestoration(difference));
    }

    private boolean comesOrGoes(String key) {
        return before.pods().getOrDefault(key, "").isEmpty()
                != after.pods().getOrDefault(key, "").isEmpty();
    }

    private static boolean isOfTheArchiver(Difference difference) {
        return difference.isIn("spec", "containers", Difference.element(Archive.CONTAINER))
                || isOneOf(Archive.volumes(), difference)
                || difference.isIn("spec", "*", "*", "volumeMounts", Difference.element(Archive.SPOOL_MOUNT))
                || difference.isIn("spec", "*", "*", "env", Difference.element(Archive.SPOOL_VARIABLE));
    }

    private static boolean isOfTheRestoration(Difference difference) {
        return difference.isIn("spec", "initContainers", Difference.element(Restoration.CONTAINER))
                || isOneOf(OF_RESTORATION, difference);
    }

    private static boolean isOneOf(List<String> volumes, Difference difference) {
        return volumes.stream().anyMatch(volume -> difference.isIn("spec", "volumes", Difference.element(volume)));
    }
}
