package streamset.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people and schedules do with a healthy cluster, one thing after the other; no alert is about any of it. */
record PlannedLife(BackupCluster cluster, Duration length) {
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);
    private static final int RESTS = 20; // in a short life, so that all of it is done
    private static final Duration ARCHIVES =
            Duration.ofMinutes(15); // a verification takes three when nothing else runs

    /** All of it once, and again and again until the time is up. */
    void pass() throws Exception {
        var end = Instant.now().plus(length);
        var steps = steps();
        for (int done = 0; done < steps.size() || Instant.now().isBefore(end); done++) {
            steps.get(done % steps.size()).happen();
            new Health(cluster.faults()).await();
            Waiting.pause(rest());
        }
    }

    private Duration rest() {
        var share = length.dividedBy(RESTS);
        return share.compareTo(LONGEST_REST) < 0 ? share : LONGEST_REST;
    }

    private List<AlertFault.Step> steps() {
        var config = new ConfigEvents(cluster.faults());
        return List.of(
                () -> happens(config.restart("max_connections", "21")),
                this::handedOverAndBack,
                () -> happens(config.reload("work_mem", "2MB")),
                () -> archives("full"),
                this::scaledDownAndUp,
                () -> archives("verify"),
                () -> happens(config.reload("work_mem", "3MB")),
                () -> archives("incremental"),
                () -> happens(config.restart("max_connections", "22")));
    }

    private void handedOverAndBack() throws Exception {
        var handOver = new HandOverEvents(cluster.faults());
        happens(handOver.to(1));
        happens(handOver.back());
    }

    private void scaledDownAndUp() throws Exception {
        var scale = new ScaleEvents(cluster.faults());
        int replicas = cluster.faults().declared().replicas();
        happens(scale.to(1));
        new Health(cluster.faults()).await();
        happens(scale.to(replicas));
    }

    private void archives(String kind) {
        tell(kind);
        var job = cluster.archive().begin(kind);
        Waiting.until(
                "the Job " + job + " ends", ARCHIVES, () -> cluster.archive().hasEnded(job));
        if (!cluster.archive().succeeds(job)) {
            throw new AssertionError(cluster.archive().log(job));
        }
    }

    private static void happens(Event event) throws Exception {
        tell(event.what());
        event.action().happen();
    }

    private static void tell(String what) {
        System.out.println("  " + Instant.now() + " " + what);
    }
}
