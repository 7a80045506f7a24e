package streamset.features;

/**
 * A container that fills the empty volume of a new cluster's primary from an archive, before the server is there.
 *
 * @param repository of the cluster whose data they are
 * @param image with pgBackRest
 * @param type how the point in time is named: {@code time}, {@code lsn}, {@code name} or {@code latest}
 * @param target the point; an empty text for the latest
 */
public record Restoration(Repository repository, String image, String type, String target) implements Part {
    /** The name of the container. */
    public static final String CONTAINER = "restore";

    /** Its own volume for temporary files. */
    public static final String TMP_VOLUME = "restore-tmp";

    /** The volume with the configuration. */
    public static final String CONF_VOLUME = "restore";

    /** Where it is mounted. */
    public static final String CONF_MOUNT = "/etc/streamset/restore";

    /** The volume with the credentials. */
    public static final String SECRET_VOLUME = "restore-secret";

    /** Where it is mounted. */
    public static final String SECRET_MOUNT = "/etc/streamset/restore-secret";

    /** The volume with the certificate of the store's authority. */
    public static final String AUTHORITY_VOLUME = "restore-ca";

    /** Where it is mounted. */
    public static final String AUTHORITY_MOUNT = "/etc/streamset/restore-ca";

    /** The variable with {@code type}. */
    public static final String TYPE_VARIABLE = "RESTORE_TYPE";

    /** The variable with {@code target}. */
    public static final String TARGET_VARIABLE = "RESTORE_TARGET";
}
