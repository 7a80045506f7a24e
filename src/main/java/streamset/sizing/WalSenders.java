package streamset.sizing;

/**
 * How many WAL sender processes the primary must be able to start.
 *
 * <p>Every standby streams through one; {@code pg_basebackup -X stream} uses two while it clones; one more
 * is for a dead connection that the server has not noticed yet. All standbys can clone at once, because the StatefulSet
 * starts its pods in parallel. (Measured: with 3 and two clones at once a clone failed in 8 of 8 runs.)
 *
 * @param floor below this a clone or a standby can be refused
 * @param computed what the program sets
 */
public record WalSenders(int floor, int computed) {
    private static final int PER_CLONE = 2; // connections: the base backup and the WAL that is written meanwhile
    private static final int RESERVE = 1;
    private static final int LEAST = 20; // enough for 7 pods: scaling 1 ↔ 3 ↔ 5 ↔ 7 then restarts no server
    private static final int STEP = 10; // for the same reason, beyond 7 pods

    public static WalSenders of(int replicas) {
        int standbys = replicas - 1;
        int floor = standbys + PER_CLONE * standbys + RESERVE;
        return new WalSenders(floor, Math.max(LEAST, (floor + STEP - 1) / STEP * STEP));
    }
}
