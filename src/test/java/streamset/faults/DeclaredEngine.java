package streamset.faults;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import streamset.cluster.Deployment;

/** The stack declares which pod writes; the node scripts see to it. */
record DeclaredEngine() implements Engine {
    @Override
    public String name() {
        return "declared";
    }

    /** Room for the clients on little memory, and beside others on the same two cores. */
    @Override
    public String[] settings() {
        return new String[] {
            "streamset:resources.cpu=200m",
            "streamset:resources.memory=640Mi",
            "streamset:storage.size=2Gi",
            "streamset:parameters.max_connections=20"
        };
    }

    @Override
    public int connections(int declared) {
        return declared;
    }

    @Override
    public String pod(int rank) {
        return "pod " + rank;
    }

    @Override
    public int ordinal(FaultCluster cluster, int rank) {
        return rank;
    }

    @Override
    public int primary(FaultCluster cluster) {
        return cluster.declared().primary();
    }

    @Override
    public String upstream(FaultCluster cluster, int primary) {
        return Deployment.pod(primary);
    }

    @Override
    public List<String> problems(FaultCluster cluster, int primary) {
        return List.of();
    }

    @Override
    public String candidate(int ordinal) {
        return "pod " + ordinal;
    }

    @Override
    public int candidateNow(FaultCluster cluster, int ordinal) {
        return ordinal;
    }

    @Override
    public void want(FaultCluster cluster, int ordinal) {
        cluster.declared().primary(ordinal).noneLost();
    }

    @Override
    public List<Integer> namingSynchronous(FaultCluster cluster) {
        return IntStream.range(0, cluster.declared().replicas()).boxed().toList();
    }

    @Override
    public String hasFileErrors() {
        return "SELECT count(*) > 0 FROM pg_file_settings WHERE error IS NOT NULL";
    }

    @Override
    public String cloner() {
        return "init container";
    }

    @Override
    public void helpAfterMissedWal(FaultCluster cluster, int standby) {
        // it throws its copy away by itself
    }

    @Override
    public void mustBeClonedAgain(FaultCluster cluster, int standby, Instant missed) {
        if (!cluster.log(standby).contains("cloned again")) {
            throw new AssertionError("not cloned again, so the WAL was still there:\n" + cluster.log(standby));
        }
    }

    @Override
    public Instant repairPromoted(FaultCluster cluster, int standby) {
        Waiting.until(
                "pod " + standby + " says that it discards nothing by itself",
                Limits.MOMENT,
                () -> cluster.log(standby).contains("read-only, nothing is discarded"));
        cluster.declared().lost(standby); // what it has alone is of no use
        var repaired = Instant.now();
        cluster.deploy();
        return repaired;
    }

    /** Nobody else writes until it is back, or an operator has declared it lost. */
    @Override
    public int rowsInFlight() {
        return 0;
    }

    @Override
    public Optional<String> leftOut(String event) {
        return Optional.empty();
    }

    @Override
    public List<Event> added(FaultCluster cluster) {
        return List.of();
    }

    @Override
    public List<Event> addedWhileSynchronous(FaultCluster cluster) {
        return List.of();
    }
}
