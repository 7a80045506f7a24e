package streamset.plan.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import streamset.node.Labels;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;
import streamset.pod.PodClaim;

/** The steps in which pods restart. */
record RestartSteps(Update update, TopologySteps topology) {
    List<Step> steps() {
        var steps = new ArrayList<Step>();
        if (!before().hasPods()) {
            steps.add(allAtOnce());
        } else if (update.changesEngine()) {
            steps.add(stopAndStart());
        } else if (update.recreatesPods()) {
            steps.add(recreated());
        } else if (update.restarts()) {
            if (update.pods().changesScripts()) {
                steps.add(Step.withoutPause("the node scripts change: pods run them from their restart on"));
            }
            steps.add(oneAtATime());
        }
        return steps;
    }

    private Declaration before() {
        return update.before();
    }

    private Declaration after() {
        return update.after();
    }

    private Step allAtOnce() {
        var moves = after().volumes().stream()
                .map(PodClaim::kind)
                .filter(kind -> before().volume(kind).isEmpty())
                .map(kind -> "moves its " + kind.content() + " to the new volume and ")
                .collect(Collectors.joining());
        return new Step(
                after().names().statefulSet() + " does not exist and is created: every pod " + moves + "starts",
                Pauses.ALL_PODS_RESTART,
                "besides the time that it was missing");
    }

    private Step stopAndStart() {
        return new Step(
                "all pods stop, and after that all start with failover "
                        + after().failover()
                        + ", because with pods of both kinds side by side two servers could write; "
                        + after().names().statefulSet() + " is deleted and created for that"
                        + (after().automatic() ? "; the first to lead waits until all have started" : ""),
                Pauses.ALL_PODS_STOP_AND_START,
                "");
    }

    private Step recreated() {
        return new Step(
                "all pods stop, and after that all start: the annotation " + Labels.FAILOVER + " of "
                        + after().names().statefulSet()
                        + " was changed by somebody else, so it is deleted and created",
                Pauses.ALL_PODS_STOP_AND_START,
                "");
    }

    private Step oneAtATime() {
        int pods = Math.min(before().replicas(), after().replicas());
        var reason = update.pods().isOfSettingsAlone() && update.ofServers().isEmpty()
                ? ", for settings that an earlier update wrote to the conf files"
                : "";
        if (pods == 1) {
            return new Step(
                    after().pod(0) + " restarts" + reason + "; clients' connections end", Pauses.PRIMARY_RESTART, "");
        }
        return paused(
                "pods restart one at a time" + orderOfTheHandover() + ", each streaming before the next ("
                        + String.join(", ", after().podsFromTheTop(0, pods)) + ")" + reason
                        + "; the update ends when all have; clients' connections end once at each pod"
                        + placeOfThePrimary(pods),
                pods - 1);
    }

    /** Pods restart from the highest ordinal down: one above the old primary has restarted before it takes over. */
    private Step besideTheHandover(String text) {
        var now = after().pod(after().primary());
        if (after().automatic()) {
            return new Step(
                    text,
                    Pauses.TWO_PRIMARIES_RESTART,
                    "at most: the pod that leads then may restart after it has taken over");
        } else if (topology.movesDown()) {
            return new Step(text, Pauses.PRIMARY_RESTART, "at " + now);
        } else if (after().primary() > topology.former() && !update.pods().changesScripts()) {
            return new Step(text, Pauses.NONE, "besides the handover: " + now + " restarts before that");
        }
        return new Step(
                text,
                Pauses.TWO_PRIMARIES_RESTART,
                "at most: the old primary may restart and then the new one; two updates, one after the other, pause"
                        + " for a shorter time");
    }

    private String orderOfTheHandover() {
        if (!topology.changesPrimary()) {
            return "";
        }
        return topology.movesDown() ? ", after the change of the primary" : ", beside the change of the primary";
    }

    private String placeOfThePrimary(int pods) {
        if (topology.changesPrimary()) {
            return "";
        }
        int place = pods - after().primary();
        return ", at the primary " + (place == pods ? "last" : "as number " + place + " of " + pods)
                + (after().automatic() ? ", unless another pod leads then" : "");
    }

    private Step paused(String text, int standbys) {
        if (Synchronous.of(after()).filter(Synchronous::everyStandbyCounts).isPresent()) {
            return new Step(
                    text,
                    Pauses.PRIMARY_RESTART.plus(Pauses.STANDBY_RESTART.multipliedBy(standbys)),
                    "at every pod, because commits wait for all standbys");
        } else if (topology.handsOver()) {
            return besideTheHandover(text);
        }
        var primary = after().pod(after().primary());
        if (after().automatic() && after().primary() == standbys) {
            return new Step(
                    text,
                    Pauses.PRIMARY_RESTART.multipliedBy(2),
                    "at " + primary + ", and once more at the pod that takes over from it");
        }
        return new Step(text, Pauses.PRIMARY_RESTART, "at " + primary);
    }
}
