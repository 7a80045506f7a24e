package streamset.plan;

import java.util.ArrayList;
import java.util.List;

/** What an update does to the cluster, in the order in which it happens. */
final class Steps {
    private final Declaration before;
    private final Declaration after;
    private final List<SettingChange> settings;
    private final HbaChange hba;
    private final TopologySteps topology;
    private final List<Step> steps = new ArrayList<>();

    private Steps(Declaration before, Declaration after, List<SettingChange> settings, HbaChange hba) {
        this.before = before;
        this.after = after;
        this.settings = settings;
        this.hba = hba;
        this.topology = new TopologySteps(before, after);
    }

    static List<Step> of(Declaration before, Declaration after, List<SettingChange> settings, HbaChange hba) {
        var steps = new Steps(before, after, settings, hba);
        steps.makeAnew();
        steps.growVolumes();
        steps.distributeConfFiles();
        steps.steps.addAll(steps.topology.beforeRestarts());
        steps.restartPods();
        steps.steps.addAll(steps.topology.afterRestarts());
        steps.distributeComments();
        return List.copyOf(steps.steps);
    }

    private void makeAnew() {
        before.missing().stream()
                .filter(object -> !object.startsWith("StatefulSet"))
                .forEach(object -> steps.add(Step.withoutPause(object + " is not there and is made anew")));
    }

    private void growVolumes() {
        growVolume("data", before.data(), after.data());
        before.wal().ifPresent(old -> after.wal().ifPresent(now -> growVolume("wal", old, now)));
    }

    private void growVolume(String volume, Volume old, Volume now) {
        if (now.size().compareTo(old.size()) > 0) {
            int pods = podsThatStay();
            var claims = after.names().claim(volume, 0)
                    + (pods == 1 ? " grows" : " … " + after.names().claim(volume, pods - 1) + " grow");
            steps.add(Step.withoutPause(claims + " in place from " + old.size().quantity() + " to "
                    + now.size().quantity() + ", if the StorageClass allows it"));
        }
    }

    private int podsThatStay() {
        return Math.min(before.replicas(), after.replicas());
    }

    private void distributeConfFiles() {
        if (!before.names().clusterDomain().equals(after.names().clusterDomain())) {
            steps.add(Step.withoutPause("the pods' names end in "
                    + after.names().clusterDomain() + " from now on, also in the connection strings"));
        }
        if (!hba.isNone() || settings.stream().anyMatch(change -> !change.isOfPod())) {
            steps.add(Step.withoutPause(
                    "every pod gets the conf files within about a minute, and its server reads them"));
        }
    }

    private void restartPods() {
        if (!before.hasPods()) {
            boolean walMoves = before.wal().isEmpty() && after.wal().isPresent();
            steps.add(new Step(
                    after.names().statefulSet() + " is not there and is made anew: every pod "
                            + (walMoves ? "moves its WAL to the new volume and starts" : "starts"),
                    Pauses.ALL_PODS_RESTART,
                    "besides the time that it has been gone"));
        } else if (settings.stream().anyMatch(SettingChange::restart)) {
            restartOneAtATime("");
        } else if (!before.restart().equals(after.restart())) {
            restartOneAtATime(", for settings that an earlier update has brought to the conf files");
        }
    }

    private void restartOneAtATime(String reason) {
        int pods = podsThatStay();
        if (pods == 1) {
            steps.add(new Step(after.pod(0) + " restarts" + reason, Pauses.PRIMARY_RESTART, ""));
            return;
        }
        steps.add(restarts(
                "pods restart one at a time" + (topology.changesPrimary() ? ", beside the change of the primary" : "")
                        + ", each streaming before the next ("
                        + String.join(", ", after.podsFromTheTop(0, pods)) + ")" + reason,
                pods - 1));
    }

    private Step restarts(String text, int standbys) {
        if (Synchronous.of(after).filter(Synchronous::everyStandbyCounts).isPresent()) {
            return new Step(
                    text,
                    Pauses.PRIMARY_RESTART.plus(Pauses.STANDBY_RESTART.multipliedBy(standbys)),
                    "at every pod, because commits wait for all standbys");
        } else if (topology.handsOver()) {
            return new Step(
                    text,
                    Pauses.TWO_PRIMARIES_RESTART,
                    "at most: the old primary may restart and then the new one; two updates, one after the other, pause"
                            + " for less");
        }
        return new Step(text, Pauses.PRIMARY_RESTART, "at " + after.pod(after.primary()));
    }

    /** Not told beside other steps: the program's own comments change with most of them. */
    private void distributeComments() {
        boolean same = before.postgresqlConf().equals(after.postgresqlConf())
                && before.pgHbaConf().equals(after.pgHbaConf());
        if (steps.isEmpty() && !same) {
            steps.add(Step.withoutPause(
                    "the conf files differ in comments and spelling only; nothing changes in the servers"));
        }
    }
}
