package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.Image;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;
import streamset.plan.refusals.ClusterRefusal;
import streamset.problems.Problems;

/** The steps that change the stack's context, or what it leaves behind. */
record StackSteps(Update update) {
    List<Step> steps() {
        return Stream.of(
                        new ClusterRefusal(
                                        update.before().place(), update.after().place(), new Problems())
                                .words(),
                        namespace(),
                        volumes(),
                        image())
                .flatMap(Optional::stream)
                .map(Step::withoutPause)
                .toList();
    }

    private Optional<String> namespace() {
        var namespace = "the namespace " + update.after().names().namespace();
        boolean before = update.before().keeping().declaresNamespace();
        boolean after = update.after().keeping().declaresNamespace();
        if (before == after) {
            return Optional.empty();
        }
        return Optional.of(
                after
                        ? namespace + " belongs to the stack from now on"
                        : namespace + " no longer belongs to the stack, and stays with everything in it");
    }

    private Optional<String> image() {
        var image = image(update.after());
        return update.before().hasPods() && !image.equals(image(update.before()))
                ? Image.versionOfDigest(image, update.after().version())
                : Optional.empty();
    }

    private static String image(Declaration declaration) {
        return declaration.pods().getOrDefault(Declaration.IMAGE, "");
    }

    /** Empty if the deployed objects do not show it, like those of older versions. */
    private Optional<String> volumes() {
        var before = update.before().keeping().volumes();
        var after = update.after().keeping().volumes();
        if (before.isEmpty() || before.equals(after)) {
            return Optional.empty();
        }
        return after.map(kept -> kept
                ? "from now on, volumes stay when their pods, or the stack, are no longer declared"
                : "from now on, volumes are deleted with their data when their pods, or the stack, are no longer"
                        + " declared");
    }
}
