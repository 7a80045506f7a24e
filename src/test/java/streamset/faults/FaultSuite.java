package streamset.faults;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.cluster.Cluster;
import streamset.cluster.Command;

/**
 * Everything that can happen to a cluster, under load: what is acknowledged stays, and never two servers can be written
 * to. Takes most of an hour; {@code make e2e-faults} starts it. {@code ONLY='hand over'} runs the events alone in whose names
 * that regular expression is found. {@code ENGINE=patroni} runs them where the pods decide who writes: without those that make
 * no sense there, and with those that only Patroni knows.
 */
@Tag("cluster")
class FaultSuite {
    private static final String NAMESPACE = "streamset-faults";

    @Test
    void nothing_is_lost_whatever_happens() {
        Cluster.mustBeTheTestbed("reach into pods, from processes to network, on this machine");
        var engine = Engine.named(System.getenv().getOrDefault("ENGINE", "declared"));
        try (var cluster = FaultCluster.deploy(NAMESPACE, engine)) {
            var run = new FaultRun(cluster, Command.PROJECT.resolve(table(engine)));
            tellWhatIsLeftOut(cluster);
            run.all(wanted(sensible(cluster)));
            wanted(List.of(new CheckOfTheCheckers(cluster).standbyPromoted(2))).forEach(run::mustBeNoticed);
            if (TestbedEvents.areAllowed()) {
                run.all(wanted(List.of(new TestbedEvents().stoppedHard().missingAtMost(engine.rowsInFlight()))));
            }
            run.finish();
        }
    }

    private static String table(Engine engine) {
        return "target/faults" + (engine.name().equals("declared") ? "" : "-" + engine.name()) + ".txt";
    }

    private static List<Event> wanted(List<Event> events) {
        var only = Pattern.compile(System.getenv().getOrDefault("ONLY", ""));
        return events.stream()
                .filter(event -> only.matcher(event.what()).find())
                .toList();
    }

    /** Those that make sense with the engine of the cluster. */
    static List<Event> sensible(FaultCluster cluster) {
        return all(cluster).stream()
                .filter(event -> cluster.engine().leftOut(event.what()).isEmpty())
                .toList();
    }

    private static void tellWhatIsLeftOut(FaultCluster cluster) {
        for (var event : all(cluster)) {
            cluster.engine()
                    .leftOut(event.what())
                    .ifPresent(reason -> System.out.println("left out: " + event.what() + ": " + reason));
        }
    }

    private static List<Event> all(FaultCluster cluster) {
        return Stream.of(
                        kills(cluster),
                        cuts(cluster),
                        changes(cluster),
                        handOvers(cluster),
                        sizes(cluster),
                        storage(cluster),
                        losses(cluster))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Event> kills(FaultCluster cluster) {
        var kill = new KillEvents(cluster);
        return List.of(
                kill.server(0),
                kill.server(1),
                kill.server(2),
                kill.podDeleted(2),
                kill.podDeleted(1),
                kill.podDeleted(0),
                kill.container(2),
                kill.container(0),
                new DrainEvents(cluster).eachInTurn());
    }

    private static List<Event> cuts(FaultCluster cluster) {
        var network = new NetworkEvents(cluster);
        return List.of(
                network.cut(0, NetworkEvents.SHORT),
                network.cut(1, NetworkEvents.SHORT),
                network.cut(2, NetworkEvents.LONG));
    }

    private static List<Event> changes(FaultCluster cluster) {
        var config = new ConfigEvents(cluster);
        var engine = cluster.engine();
        return List.of(
                config.reload("work_mem", "2MB"),
                config.restart("max_connections", Integer.toString(engine.connections(30))),
                config.lowered("max_connections", Integer.toString(engine.connections(16))),
                config.restartCancelled("max_connections", Integer.toString(engine.connections(31))),
                config.broken(),
                config.deleted(1));
    }

    private static List<Event> handOvers(FaultCluster cluster) {
        var handOver = new HandOverEvents(cluster);
        return List.of(
                handOver.to(1),
                handOver.to(2),
                handOver.to(0),
                handOver.oldKilledWhenItHasStopped(1),
                handOver.newKilledBeforeItWrites(2),
                handOver.oldKilledWhenTheNewWrites(0),
                handOver.newServerKilledWhenItWrites(1),
                handOver.oldPodDeletedWhenItHasStopped(2),
                handOver.oldCutOffWhenItHasStopped(0),
                handOver.cancelledWhenTheOldHasStopped(1),
                handOver.withRestart(2, "max_locks_per_transaction", "70"),
                handOver.withRestart(1, "max_locks_per_transaction", "71"),
                handOver.back());
    }

    private static List<Event> sizes(FaultCluster cluster) {
        var scale = new ScaleEvents(cluster);
        return List.of(scale.cloneKilled(5, 4), scale.to(3), scale.to(1), scale.to(3), scale.to(5), scale.to(3));
    }

    private static List<Event> storage(FaultCluster cluster) {
        var storage = new StorageEvents(cluster);
        return List.of(
                storage.walGone(2), storage.walGoneAndCloneKilled(1), storage.standbyFull(2), storage.primaryFull());
    }

    private static List<Event> losses(FaultCluster cluster) {
        var lost = new LostEvents(cluster);
        var handOver = new HandOverEvents(cluster);
        var config = new ConfigEvents(cluster);
        return Stream.of(
                        List.of(lost.primaryLost(1), handOver.back()),
                        cluster.engine().added(cluster),
                        List.of(config.synchronous(1), lost.primaryLostWhileCommitsWait(1)),
                        cluster.engine().addedWhileSynchronous(cluster),
                        List.of(handOver.back(), config.synchronous(0)))
                .flatMap(List::stream)
                .toList();
    }
}
