package streamset.sizing;

/**
 * How many replication slots a server must have room for: one for each standby.
 *
 * @param floor below this a standby cannot have its own
 * @param computed what the program sets: with room for the users' own (logical replication, backups)
 */
public record ReplicationSlots(int floor, int computed) {
    private static final int FOR_USERS = 4;
    private static final int STEP = 10; // PostgreSQL's default; scaling up to 7 pods then restarts no server

    public static ReplicationSlots of(int replicas) {
        int standbys = replicas - 1;
        return new ReplicationSlots(standbys, (standbys + FOR_USERS + STEP - 1) / STEP * STEP);
    }
}
