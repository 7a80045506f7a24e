package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.features.Restoration;
import streamset.plan.differences.ObjectChange;
import streamset.plan.differences.Update;

/** From when on WAL goes where, and which points in time can be restored. */
record ArchiveSteps(Update update) {
    private static final String CONFIG_MAP = "ConfigMap";

    List<Step> steps() {
        return Stream.of(archive(), restoration())
                .flatMap(Optional::stream)
                .map(Step::withoutPause)
                .toList();
    }

    private Optional<String> archive() {
        var before = update.before().archive();
        var after = update.after().archive();
        if (!update.before().hasPods() || before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return Optional.of(
                    "nothing is archived any more: no point in time after this update can be restored; what is in "
                            + before.orElseThrow() + " stays there, and nothing expires");
        }
        return Optional.of(
                before.map(old -> "WAL goes to " + after.get()
                                + " from now on, where a new base backup is made; points in time before it are restored from "
                                + old
                                + ", which stays as it is")
                        .orElseGet(
                                () -> "WAL goes to " + after.get()
                                        + " from the restart of the primary on; points in time before the first base backup cannot be restored"));
    }

    /** The pods restart without the container, which has done its work. */
    private Optional<String> restoration() {
        return update.before().state().restored().isPresent()
                        && update.after().state().restored().isEmpty()
                ? Optional.of("pods no longer look whether data have to be restored (" + Restoration.CONTAINER
                        + "); those that are there stay")
                : Optional.empty();
    }

    /** Whether the step above says what this change does. */
    static boolean covers(ObjectChange change, Update update) {
        return change.object().kind().equals(CONFIG_MAP)
                && change.object().name().equals(update.after().names().backup())
                && !update.before().archive().equals(update.after().archive());
    }
}
