package streamset.faults;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What differs between the engines that decide which pod writes, where faults are concerned. */
interface Engine {
    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Engine named(String name) {
        return Stream.of(new DeclaredEngine(), new PatroniEngine())
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("ENGINE=" + name
                        + ": no such engine; what to do: make e2e-faults ENGINE=declared, or ENGINE=patroni"));
    }

    String name();

    /** Settings over those of the dev stack, as tools/deploy.sh takes them. */
    String[] settings();

    /** A number of connections that this engine can run with, in place of one that the declared engine can. */
    int connections(int declared);

    /**
     * The pod that an event strikes, in words. Where the stack declares who writes, pod 0 does while such events happen, so
     * a rank is an ordinal. Where the pods decide it, nobody knows beforehand which one does: 0 is the one that writes then.
     */
    String pod(int rank);

    /** The ordinal of that pod, now. */
    int ordinal(FaultCluster cluster, int rank);

    /**
     * The pod that writes, or that should.
     *
     * @throws AssertionError when that is not one pod
     */
    int primary(FaultCluster cluster);

    /** By what name or address the standbys know the pod that writes. */
    String upstream(FaultCluster cluster, int primary);

    /** What is wrong with the cluster although all stream from the primary. */
    List<String> problems(FaultCluster cluster, int primary);

    /** The pod that a hand over goes to, in words. */
    String candidate(int ordinal);

    /** The ordinal of that pod, now: never the one that writes. */
    int candidateNow(FaultCluster cluster, int ordinal);

    /** From now on the stack wants this pod to write; the next update sees to it. */
    void want(FaultCluster cluster, int ordinal);

    /** The pods whose servers know which standbys commits wait for. */
    List<Integer> namingSynchronous(FaultCluster cluster);

    /** SQL: whether something is wrong with the conf files. */
    String hasFileErrors();

    /** What runs a clone, in words. */
    String cloner();

    /** What an operator does for a standby that has missed WAL; nothing where it helps itself. */
    void helpAfterMissedWal(FaultCluster cluster, int standby);

    /**
     * What must be so when it is back.
     *
     * @param missed when it had missed the WAL
     * @throws AssertionError when it was not cloned again
     */
    void mustBeClonedAgain(FaultCluster cluster, int standby, Instant missed);

    /** Undoes that a standby was promoted beside the primary; from when on it was undone. */
    Instant repairPromoted(FaultCluster cluster, int standby);

    /** So many acknowledged rows may be gone with a primary that ends without a warning. */
    int rowsInFlight();

    /** Why an event of this name makes no sense with this engine; empty when it does. */
    Optional<String> leftOut(String event);

    /** Events that only this engine knows. */
    List<Event> added(FaultCluster cluster);

    /** The same, while commits wait for a standby. */
    List<Event> addedWhileSynchronous(FaultCluster cluster);
}
