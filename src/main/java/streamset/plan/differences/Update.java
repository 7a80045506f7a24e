package streamset.plan.differences;

import java.util.List;
import java.util.stream.Stream;
import streamset.node.Labels;
import streamset.plan.reading.Declaration;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;

/**
 * All differences between the deployed cluster and the wanted one.
 *
 * @param comparison the differences of the objects themselves
 * @param ofServers the parameters that change
 * @param pods the changes of the pods
 * @param hba the changes of pg_hba.conf
 */
public record Update(
        Declaration before,
        Declaration after,
        Comparison comparison,
        List<SettingChange> ofServers,
        PodChanges pods,
        HbaChange hba) {
    /** Compares what is deployed with what is wanted. */
    public static Update between(Declaration deployedOne, DeployedObjects deployed, WantedObjects wanted) {
        var before = deployedOne.asDecided();
        var after = wanted.declaration().after(deployedOne);
        var comparison = Comparison.between(deployed, wanted);
        return new Update(
                before,
                after,
                comparison,
                SettingChange.ofServers(before, after),
                new PodChanges(before, after, comparison.template()),
                HbaChange.between(before.pgHbaConf(), after.pgHbaConf()));
    }

    /** Whether every pod is recreated. */
    public boolean restarts() {
        return !before.hasPods()
                || recreatesPods()
                || !pods.template().isEmpty()
                || ofServers.stream().anyMatch(SettingChange::restart);
    }

    /** Whether another engine decides who is primary: then all pods stop before any starts. */
    public boolean changesEngine() {
        return before.hasPods() && before.automatic() != after.automatic();
    }

    /** Whether the StatefulSet is deleted and created: for another engine, or where somebody has changed its mark of the engine. */
    public boolean recreatesPods() {
        return before.hasPods()
                && (changesEngine() || comparison.changedBesidePods().anyMatch(Update::isMarkOfTheEngine));
    }

    private static boolean isMarkOfTheEngine(ObjectChange change) {
        return change.object().kind().equals("StatefulSet")
                && change.difference().isIn("metadata", "annotations", Labels.FAILOVER);
    }

    /** A row for each setting and each part of the pods. */
    public List<SettingChange> rows() {
        var servers = ofServers.stream().map(change -> restarts() ? change.withRestart() : change);
        return Stream.concat(servers, pods.rows().stream()).toList();
    }

    /** Whether pods come or go, or another one is primary or lost. */
    public boolean changesTopology() {
        return before.replicas() != after.replicas()
                || before.primary() != after.primary()
                || before.declaredPrimary() != after.declaredPrimary()
                || !before.lost().equals(after.lost());
    }

    /** Whether the servers get conf files that differ in more than comments. */
    public boolean changesConf() {
        return !hba.isNone() || !ofServers.isEmpty();
    }

    /** Whether the text of either conf file changes. */
    public boolean changesConfText() {
        return !before.postgresqlConf().equals(after.postgresqlConf())
                || !before.pgHbaConf().equals(after.pgHbaConf());
    }
}
