package streamset.node;

/** The names of the volumes that each pod claims, and of the StatefulSet's claim templates. */
public final class Claims {
    /** The volume for data. */
    public static final String DATA = "data";

    /** The volume for WAL alone. */
    public static final String WAL = "wal";

    private Claims() {}
}
