package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.plan.reading.Declaration;
import streamset.units.ByteSize;
import streamset.units.Cpu;

/** The steps in which pods come, go and change their roles. */
record TopologySteps(Declaration before, Declaration after) {
    List<Step> beforeRestarts() {
        return Stream.of(added().stream(), newPrimary().stream(), givenUp(), takenBack(), diverged().stream())
                .flatMap(steps -> steps)
                .toList();
    }

    List<Step> afterRestarts() {
        return removed().stream().toList();
    }

    boolean changesPrimary() {
        return former() != after.primary();
    }

    /** In peace. */
    boolean handsOver() {
        return changesPrimary() && !after.lost().contains(former());
    }

    private Optional<Step> added() {
        if (after.replicas() <= before.replicas()) {
            return Optional.empty();
        }
        var added = IntStream.range(before.replicas(), after.replicas())
                .mapToObj(after::pod)
                .toList();
        return Optional.of(Step.withoutPause(String.join(", ", added)
                + " start as standbys, by a clone or with the data that an earlier scaling down left; "
                + taken(added.size())));
    }

    private String taken(int pods) {
        var cpu = new Cpu(Cpu.parse(after.pods().get(Declaration.CPU)).millicores() * pods);
        var memory =
                ByteSize.parseQuantity(after.pods().get(Declaration.MEMORY)).times(pods);
        var volumes = after.volumes().stream()
                .map(claim -> claim.volume().size())
                .reduce(ByteSize::plus)
                .orElseThrow()
                .times(pods);
        return (pods == 1 ? "it takes " : "together they take ") + cpu.quantity() + " CPU, " + memory.quantity()
                + " of memory and " + volumes.quantity() + " of volumes";
    }

    private Optional<Step> newPrimary() {
        if (!changesPrimary()) {
            return Optional.empty();
        }
        int former = former();
        var old = after.pod(former);
        var now = after.pod(after.primary());
        return Optional.of(
                handsOver()
                        ? new Step(
                                old + " hands over to " + now + " and follows it" + lateReplay(now)
                                        + "; no acknowledged commit is lost",
                                Pauses.HAND_OVER,
                                "")
                        : new Step(
                                now + " takes over from " + old
                                        + ", by force when that does not answer, unless another standby has more (then"
                                        + " the update fails and names it); "
                                        + loss(old),
                                Pauses.TAKE_OVER,
                                "if they have not stopped already"));
    }

    /** What it holds back by recovery_min_apply_delay it replays first, while the old primary still writes. */
    private String lateReplay(String now) {
        var delay = before.settings().value(ParameterName.RECOVERY_MIN_APPLY_DELAY);
        return delay.canonical().equals("0")
                ? ""
                : ", when " + now + " has replayed what recovery_min_apply_delay (" + delay.shown()
                        + ") has held back; writes go on until then";
    }

    /** Whom the new primary takes over from: also from one to which an interrupted hand over may have led. */
    private int former() {
        return before.appointed() == after.primary() ? before.primary() : before.appointed();
    }

    private String loss(String old) {
        long standbysLost =
                after.lost().stream().filter(ordinal -> ordinal != former()).count();
        boolean everyCommitSurvives = Synchronous.of(before)
                .filter(synchronous -> standbysLost < synchronous.required())
                .isPresent();
        return everyCommitSurvives
                ? "every acknowledged commit is on a standby that is there, so none is lost"
                : "what " + old + " has not passed on is lost";
    }

    private Stream<Step> givenUp() {
        return after.lost().stream()
                .filter(ordinal -> !before.lost().contains(ordinal) && ordinal != former())
                .map(ordinal -> Step.withoutPause("nobody waits for " + after.pod(ordinal)
                        + " any more; what only it has is given up when it returns"));
    }

    private Stream<Step> takenBack() {
        return before.lost().stream()
                .filter(ordinal ->
                        !after.lost().contains(ordinal) && ordinal < after.replicas() && ordinal != after.primary())
                .map(ordinal ->
                        Step.withoutPause(after.pod(ordinal) + " counts again; nothing of it is given up unasked"));
    }

    private Optional<Step> diverged() {
        if (before.keepDiverged() == after.keepDiverged()) {
            return Optional.empty();
        }
        return Optional.of(Step.withoutPause(
                after.keepDiverged()
                        ? "a lost pod that returns keeps its old data aside from now on, when its volume has room for them"
                        : "a lost pod that returns no longer keeps its old data aside"));
    }

    /** Whether these steps tell all that changes in who is lost. */
    boolean tellsLost() {
        return before.lost().equals(after.lost())
                || givenUp().findAny().isPresent()
                || takenBack().findAny().isPresent()
                || changesPrimary();
    }

    private Optional<Step> removed() {
        if (after.replicas() >= before.replicas()) {
            return Optional.empty();
        }
        var removed = before.podsFromTheTop(after.replicas(), before.replicas());
        return Optional.of(Step.withoutPause(
                String.join(", ", removed) + " and their slots go; their volumes " + fateOfVolumes()));
    }

    /** Of what was declared so far: what an update takes out of the stack goes as it was declared last. */
    private String fateOfVolumes() {
        return before.keeping()
                .volumes()
                .map(kept -> kept ? "stay" : "are deleted with their data")
                .orElse("stay, unless streamset:keepVolumes was false");
    }
}
