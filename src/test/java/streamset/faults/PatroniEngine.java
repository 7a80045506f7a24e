package streamset.faults;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.cluster.Deployment;
import streamset.patroni.PatroniFile;

/** The pods decide by themselves which of them writes. */
record PatroniEngine() implements Engine {
    private static final int MORE_CONNECTIONS = 10; // Patroni takes no fewer than 25, and an event lowers them
    // of the three writers, a row every 50 ms each: a sixth of a second, in which even a small server sends its WAL
    private static final int MOST_IN_FLIGHT = 10;
    private static final String NOBODY_DECLARES =
            "no pod is declared lost or promoted by an update where the pods decide who writes";
    private static final List<String> BY_RANK =
            List.of("the primary's pod", "a standby's pod", "another standby's pod");

    @Override
    public String name() {
        return "patroni";
    }

    /** More processor time and memory than for the declared engine, for Python; five such pods still fit on two cores. */
    @Override
    public String[] settings() {
        return new String[] {
            "streamset:failover=automatic",
            "streamset:image=localhost/postgres-patroni:18",
            "streamset:resources.cpu=300m",
            "streamset:resources.memory=720Mi",
            "streamset:storage.size=2Gi",
            "streamset:parameters.max_connections=30"
        };
    }

    @Override
    public int connections(int declared) {
        return declared + MORE_CONNECTIONS;
    }

    @Override
    public String pod(int rank) {
        return BY_RANK.get(rank);
    }

    @Override
    public int ordinal(FaultCluster cluster, int rank) {
        int primary = new Writing(cluster).awaitOne();
        return rank == 0
                ? primary
                : ordinals(cluster)
                        .filter(ordinal -> ordinal != primary)
                        .skip(rank - 1)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("there are not so many standbys"));
    }

    private static IntStream ordinals(FaultCluster cluster) {
        return IntStream.range(0, cluster.declared().replicas());
    }

    /** Asks the servers, and not the API server, which events stop. */
    @Override
    public int primary(FaultCluster cluster) {
        var writing = new Writing(cluster).ordinals();
        if (writing.size() != 1) {
            throw new AssertionError(writing.size() + " servers write: "
                    + writing.stream().map(Deployment::pod).toList());
        }
        return writing.get(0);
    }

    @Override
    public String upstream(FaultCluster cluster, int primary) {
        return cluster.pod(primary).address();
    }

    /** Its lease, and the label by which the Service finds it. */
    @Override
    public List<String> problems(FaultCluster cluster, int primary) {
        var problems = new ArrayList<String>();
        var holder = PatroniObjects.of(cluster).holder();
        if (!holder.equals(Deployment.pod(primary))) {
            problems.add(Deployment.pod(primary) + " writes, and the lease says: " + holder);
        }
        var labelled = cluster.deployment()
                .tryKubectl(
                        "get",
                        "pods",
                        "-l",
                        PatroniFile.ROLE_LABEL + "=" + PatroniFile.PRIMARY,
                        "-o",
                        "jsonpath={.items[*].metadata.name}")
                .output();
        if (!labelled.equals(Deployment.pod(primary))) {
            problems.add(Deployment.pod(primary) + " writes, and labelled as the primary is: " + labelled);
        }
        return problems;
    }

    @Override
    public String candidate(int ordinal) {
        return "a standby";
    }

    @Override
    public int candidateNow(FaultCluster cluster, int ordinal) {
        return new Writing(cluster).awaitOne() == ordinal
                ? (ordinal + 1) % cluster.declared().replicas()
                : ordinal;
    }

    /** A wish counts once. One that was fulfilled, and overruled by a failover since, counts again without its Job. */
    @Override
    public void want(FaultCluster cluster, int ordinal) {
        if (cluster.declared().primary() == ordinal) {
            PatroniObjects.of(cluster).forgetWish();
        }
        cluster.declared().primary(ordinal);
    }

    /** Patroni tells it to the primary alone. */
    @Override
    public List<Integer> namingSynchronous(FaultCluster cluster) {
        return List.of(cluster.primary());
    }

    /** Patroni passes some settings on the command line, which the same in a file cannot change: that is no mistake. */
    @Override
    public String hasFileErrors() {
        return "SELECT count(*) > 0 FROM pg_file_settings LEFT JOIN pg_settings USING (name) WHERE error IS NOT NULL"
                + " AND (context = 'postmaster' AND error = 'setting could not be applied') IS NOT TRUE";
    }

    @Override
    public String cloner() {
        return "node scripts";
    }

    @Override
    public void helpAfterMissedWal(FaultCluster cluster, int standby) {
        PatroniRest.of(cluster, standby).reinitialize();
    }

    @Override
    public void mustBeClonedAgain(FaultCluster cluster, int standby, Instant missed) {
        var made = cluster.volume(standby).made();
        if (made.isBefore(missed)) {
            throw new AssertionError("not cloned again: the data of pod " + standby + " are of " + made);
        }
    }

    /** Patroni does, at its next look. */
    @Override
    public Instant repairPromoted(FaultCluster cluster, int standby) {
        return Instant.now();
    }

    @Override
    public int rowsInFlight() {
        return MOST_IN_FLIGHT;
    }

    @Override
    public Optional<String> leftOut(String event) {
        return event.startsWith(LostEvents.WHAT) ? Optional.of(NOBODY_DECLARES) : Optional.empty();
    }

    @Override
    public List<Event> added(FaultCluster cluster) {
        return Stream.of(
                        new PatroniEvents(cluster).all(),
                        new ApiServerEvents(cluster).all(),
                        new PartialCutEvents(cluster).all(),
                        new FailoverEvents(cluster).all())
                .flatMap(List::stream)
                .toList();
    }

    /** Then not one acknowledged row may be missing, however the primary ends. */
    @Override
    public List<Event> addedWhileSynchronous(FaultCluster cluster) {
        return Stream.of(
                        new NetworkEvents(cluster).cut(0, NetworkEvents.LONG),
                        new KillEvents(cluster).podDeleted(0),
                        new PatroniEvents(cluster).allButTheServerFrozen(),
                        new PatroniEvents(cluster).serverFrozen(),
                        new PatroniEvents(cluster).allFrozen(),
                        new PartialCutEvents(cluster).cut(PodFirewall.Cut.PEERS_AND_API),
                        new PartialCutEvents(cluster).allCutFromAll(),
                        new FailoverEvents(cluster).machineOff())
                .map(event -> event.losingNothing("synchronous: "))
                .toList();
    }
}
