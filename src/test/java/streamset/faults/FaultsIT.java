package streamset.faults;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Cluster;
import streamset.cluster.Command;

/** The faults that hurt most, in a few minutes. {@link FaultSuite} has all of them. */
@Tag("cluster")
class FaultsIT {
    @Test
    void nothing_is_lost_by_the_faults_that_hurt_most() {
        Cluster.mustBeTheTestbed("reach into pods, from processes to network, on this machine");
        try (var cluster = FaultCluster.deploy("streamset-e2e-faults", new DeclaredEngine())) {
            var kill = new KillEvents(cluster);
            var handOver = new HandOverEvents(cluster);
            var run = new FaultRun(cluster, Command.PROJECT.resolve("target/faults-short.txt"));
            run.all(List.of(
                    kill.server(0),
                    kill.podDeleted(0),
                    new NetworkEvents(cluster).cut(0, NetworkEvents.SHORT),
                    new ConfigEvents(cluster).reload("work_mem", "2MB"),
                    handOver.oldKilledWhenItHasStopped(1),
                    handOver.back()));
            run.mustBeNoticed(new CheckOfTheCheckers(cluster).standbyPromoted(2));
            run.finish();
        }
    }
}
