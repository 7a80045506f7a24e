package streamset.features;

import java.util.List;
import streamset.config.Resources;
import streamset.units.ByteSize;

/**
 * A container beside each server that brings WAL and base backups to an object store.
 *
 * @param image with pgBackRest
 * @param keepDays how long points in time can be restored
 * @param tasks what is done by itself at some times
 */
public record Archive(Repository repository, String image, Resources resources, int keepDays, List<Task> tasks)
        implements Part {
    /** The name of the container. */
    public static final String CONTAINER = "archiver";

    /** The volume by which the server hands files over. */
    public static final String SPOOL_VOLUME = "archive";

    /** Where both mount it. */
    public static final String SPOOL_MOUNT = "/var/lib/streamset/archive";

    /** The variable with that folder. */
    public static final String SPOOL_VARIABLE = "ARCHIVE_SPOOL";

    /** The archiver's own volume for temporary files. */
    public static final String TMP_VOLUME = "archiver-tmp";

    /** The volume with the configuration. */
    public static final String CONF_VOLUME = "backup";

    /** Where the archiver mounts it. */
    public static final String CONF_MOUNT = "/etc/streamset/backup";

    /** The volume with the credentials. */
    public static final String SECRET_VOLUME = "backup-secret";

    /** Where the archiver mounts it. */
    public static final String SECRET_MOUNT = "/etc/streamset/backup-secret";

    /** The volume with the certificate of the store's authority. */
    public static final String AUTHORITY_VOLUME = "backup-ca";

    /** Where the archiver mounts it. */
    public static final String AUTHORITY_MOUNT = "/etc/streamset/backup-ca";

    /** Names of files that are archived already, and requests. What waits for the archive is in pg_wal. */
    private static final ByteSize NAMES = ByteSize.ofMegabytes(16);

    /** Segments that a standby takes from the archive: one that comes, and one that is there. */
    private static final int SEGMENTS = 2;

    public Archive {
        tasks = List.copyOf(tasks);
    }

    /** The most that the files need by which server and archiver hand over. */
    public static ByteSize spool(ByteSize segment) {
        return NAMES.plus(segment.times(SEGMENTS));
    }

    /** All volumes that the pods have for it. */
    public static List<String> volumes() {
        return List.of(SPOOL_VOLUME, TMP_VOLUME, CONF_VOLUME, SECRET_VOLUME, AUTHORITY_VOLUME);
    }

    /**
     * Something that is done by itself.
     *
     * @param kind {@code full}, {@code incremental} or {@code verify}
     * @param schedule when, as cron writes it
     */
    public record Task(String kind, String schedule) {}
}
