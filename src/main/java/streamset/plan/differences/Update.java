package streamset.plan.differences;

import java.util.List;
import java.util.stream.Stream;
import streamset.plan.reading.Declaration;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;

/**
 * All that differs between a cluster that is there and the one that is wanted.
 *
 * @param comparison of the objects themselves
 * @param ofServers parameters that change
 * @param pods what changes in the pods
 * @param hba what changes in pg_hba.conf
 */
public record Update(
        Declaration before,
        Declaration after,
        Comparison comparison,
        List<SettingChange> ofServers,
        PodChanges pods,
        HbaChange hba) {
    /** Compares. */
    public static Update between(Declaration before, DeployedObjects deployed, WantedObjects wanted) {
        var after = wanted.declaration();
        var comparison = Comparison.between(deployed, wanted);
        return new Update(
                before,
                after,
                comparison,
                SettingChange.ofServers(before, after),
                new PodChanges(before, after, comparison.template()),
                HbaChange.between(before.pgHbaConf(), after.pgHbaConf()));
    }

    /** Whether every pod is made anew. */
    public boolean restarts() {
        return !before.hasPods()
                || !pods.template().isEmpty()
                || ofServers.stream().anyMatch(SettingChange::restart);
    }

    /** A row for each setting and each part of the pods. */
    public List<SettingChange> rows() {
        var servers = ofServers.stream().map(change -> restarts() ? change.withRestart() : change);
        return Stream.concat(servers, pods.rows().stream()).toList();
    }

    /** Whether the servers get other conf files in which more than comments differs. */
    public boolean changesConf() {
        return !hba.isNone() || !ofServers.isEmpty();
    }

    /** Whether either conf file has another text. */
    public boolean changesConfText() {
        return !before.postgresqlConf().equals(after.postgresqlConf())
                || !before.pgHbaConf().equals(after.pgHbaConf());
    }
}
