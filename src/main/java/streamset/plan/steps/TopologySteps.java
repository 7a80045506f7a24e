package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.node.Topology;
import streamset.plan.reading.Declaration;
import streamset.units.ByteSize;
import streamset.units.Cpu;

/** The steps in which pods are added and removed and change their roles. */
record TopologySteps(Declaration before, Declaration after) {
    List<Step> beforeRestarts() {
        return Stream.of(added().stream(), newPrimary().stream(), newlyLost(), noLongerLost(), diverged().stream())
                .flatMap(steps -> steps)
                .toList();
    }

    List<Step> afterRestarts() {
        return removed().stream().toList();
    }

    boolean changesPrimary() {
        return former() != after.primary();
    }

    /** Whether the primary changes without a loss. */
    boolean handsOver() {
        return changesPrimary() && !after.lost().contains(former());
    }

    /** Whether it does so to a pod that restarts later, before any pod restarts. */
    boolean movesDown() {
        return !before.automatic()
                && !after.automatic()
                && Topology.handsDown(before.declaredPrimary(), after.primary(), after.lost());
    }

    private Optional<Step> added() {
        if (after.replicas() <= before.replicas()) {
            return Optional.empty();
        }
        var added = IntStream.range(before.replicas(), after.replicas())
                .mapToObj(after::pod)
                .toList();
        return Optional.of(Step.withoutPause(String.join(", ", added)
                + " start as standbys, by a clone or with the data that earlier pods have left; "
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
                + " of memory" + hugePages(pods) + " and " + volumes.quantity() + " of volumes";
    }

    private String hugePages(int pods) {
        return Optional.of(after.pods().get(Declaration.HUGE_PAGES))
                .filter(each -> !each.isEmpty())
                .map(each -> ByteSize.parseQuantity(each).times(pods))
                .map(all -> ", " + all.quantity() + " of huge pages")
                .orElse("");
    }

    private Optional<Step> newPrimary() {
        if (!changesPrimary()) {
            return Optional.empty();
        }
        int former = former();
        var old = after.pod(former);
        var now = after.pod(after.primary());
        if (before.automatic() && former >= after.replicas()) {
            return Optional.of(new Step(
                    "another pod takes over from " + old + leading()
                            + ", which is removed; no acknowledged commit is lost",
                    Pauses.SWITCHOVER,
                    ""));
        }
        return Optional.of(
                handsOver()
                        ? new Step(
                                old + leading() + " hands over to " + now + " and follows it" + lateReplay(now)
                                        + "; no acknowledged commit is lost",
                                after.automatic() ? Pauses.SWITCHOVER : Pauses.HAND_OVER,
                                "")
                        : new Step(
                                now + " takes over from " + old
                                        + ", by force when that does not answer, unless another standby has more (then"
                                        + " the update fails and names it); "
                                        + loss(old),
                                Pauses.TAKE_OVER,
                                "if they have not stopped already"));
    }

    /** Where the pods decide who leads, the plan knows only what it has read. */
    private String leading() {
        return before.automatic() ? " (or whichever pod leads then)" : "";
    }

    /** It first replays what recovery_min_apply_delay has held back, while the old primary still writes. */
    private String lateReplay(String now) {
        var delay = before.settings().value(ParameterName.RECOVERY_MIN_APPLY_DELAY);
        return delay.canonical().equals("0")
                ? ""
                : ", when " + now + " has replayed what recovery_min_apply_delay (" + delay.shown()
                        + ") has held back; writes go on until then";
    }

    /** The primary that the new one replaces: this may be the target of an interrupted handover. */
    int former() {
        return before.declaredPrimary() == after.primary() ? before.primary() : before.declaredPrimary();
    }

    private boolean everyCommitSurvives() {
        long standbysLost =
                after.lost().stream().filter(ordinal -> ordinal != former()).count();
        return Synchronous.of(before)
                .filter(synchronous -> standbysLost < synchronous.required())
                .isPresent();
    }

    private String loss(String old) {
        return everyCommitSurvives()
                ? "every acknowledged commit is on an existing standby, so none is lost"
                : "what " + old + " has not sent is lost";
    }

    /** The commits that may be lost, and with which pods. */
    Stream<String> losses() {
        var takeOver = changesPrimary() && !handsOver() && !everyCommitSurvives()
                ? Stream.of("commits that " + after.pod(former()) + " has not sent are lost")
                : Stream.<String>empty();
        var others = newlyLostPods()
                .map(ordinal -> "when " + after.pod(ordinal) + " returns, what only it has is "
                        + (after.keepDiverged() ? "no longer served" : "deleted"));
        return Stream.concat(takeOver, others);
    }

    private Stream<Integer> newlyLostPods() {
        return after.lost().stream().filter(ordinal -> !before.lost().contains(ordinal) && ordinal != former());
    }

    private Stream<Step> newlyLost() {
        return newlyLostPods()
                .map(ordinal -> Step.withoutPause("nobody waits for " + after.pod(ordinal)
                        + " any more; what only it has is discarded when it returns"));
    }

    private Stream<Step> noLongerLost() {
        return before.lost().stream()
                .filter(ordinal ->
                        !after.lost().contains(ordinal) && ordinal < after.replicas() && ordinal != after.primary())
                .map(ordinal -> Step.withoutPause(
                        after.pod(ordinal) + " counts again; none of its data are discarded without asking"));
    }

    private Optional<Step> diverged() {
        if (before.keepDiverged() == after.keepDiverged()) {
            return Optional.empty();
        }
        return Optional.of(Step.withoutPause(
                after.keepDiverged()
                        ? "from now on, a lost pod that returns keeps a copy of its old data, if its volume has room for it"
                        : "a lost pod that returns no longer keeps a copy of its old data"));
    }

    /** Whether these steps cover every change of who is lost. */
    boolean coversLost() {
        return newlyLost().findAny().isPresent() || noLongerLost().findAny().isPresent() || changesPrimary();
    }

    private Optional<Step> removed() {
        if (after.replicas() >= before.replicas()) {
            return Optional.empty();
        }
        return Optional.of(Step.withoutPause(
                String.join(", ", removedPods()) + " and their slots are removed; their volumes " + fateOfVolumes()));
    }

    List<String> removedPods() {
        return before.podsFromTheTop(after.replicas(), before.replicas());
    }

    boolean deletesVolumes() {
        return after.replicas() < before.replicas()
                && before.keeping().volumes().equals(Optional.of(false));
    }

    /** According to the last declaration, which decides what happens to objects that leave the stack. */
    private String fateOfVolumes() {
        return before.keeping()
                .volumes()
                .map(kept -> kept ? "stay" : "are deleted with their data")
                .orElse("stay, unless streamset:keepVolumes was false");
    }
}
