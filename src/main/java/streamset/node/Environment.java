package streamset.node;

/** Names of variables in the environment of the server pods. */
public final class Environment {
    /** Where the data are. */
    public static final String DATA = "PGDATA";

    /** The major version of PostgreSQL that the image must have. */
    public static final String MAJOR_VERSION = "POSTGRES_MAJOR";

    /** The size of a WAL segment, in MB. */
    public static final String WAL_SEGMENT_MEGABYTES = "WAL_SEGMENT_MEGABYTES";

    /** The digest of the pod's template, by which the pod recognizes the conf files that are made for it. */
    public static final String POD_DIGEST = "POD_DIGEST";

    /** The name of the Service for writing, which resolves in its namespace. */
    public static final String PRIMARY_SERVICE = "PRIMARY_SERVICE";

    private Environment() {}
}
