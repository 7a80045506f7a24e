package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.plan.differences.Update;
import streamset.plan.refusals.ClusterRefusal;
import streamset.problems.Problems;

/** What changes in where a stack is and in what it leaves behind. */
record StackSteps(Update update) {
    List<Step> steps() {
        return Stream.of(
                        new ClusterRefusal(
                                        update.before().place(), update.after().place(), new Problems())
                                .words(),
                        namespace(),
                        volumes())
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
                        : namespace + " no longer belongs to the stack, and stays with all that is in it");
    }

    /** Not told of objects that said nothing of it before, as those of older versions. */
    private Optional<String> volumes() {
        var before = update.before().keeping().volumes();
        var after = update.after().keeping().volumes();
        if (before.isEmpty() || before.equals(after)) {
            return Optional.empty();
        }
        return after.map(kept -> kept
                ? "volumes stay from now on when their pods, or the stack, are no longer declared"
                : "volumes are deleted from now on, with their data, when their pods, or the stack, are no longer"
                        + " declared");
    }
}
