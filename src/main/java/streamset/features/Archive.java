package streamset.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import streamset.config.Resources;
import streamset.pod.PodVolume;
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

    private static final int GROUP_READABLE = 0440;

    public Archive {
        tasks = List.copyOf(tasks);
    }

    /** The most that the files need by which server and archiver hand over. */
    public static ByteSize spool(ByteSize segment) {
        return NAMES.plus(segment.times(SEGMENTS));
    }

    /**
     * What a pod has that reaches it.
     *
     * @param configMap that says where it is
     */
    public List<PodVolume> access(String configMap) {
        var volumes = new ArrayList<PodVolume>(List.of(
                new PodVolume.OfConfigMap(CONF_VOLUME, configMap, Map.of()),
                new PodVolume.OfSecret(SECRET_VOLUME, repository.secret(), GROUP_READABLE)));
        repository
                .authority()
                .ifPresent(secret -> volumes.add(new PodVolume.OfSecret(AUTHORITY_VOLUME, secret, GROUP_READABLE)));
        return volumes;
    }

    /** Whether a backup is restored from time to time, to see that it can be done. */
    public boolean testsRestoring() {
        return tasks.stream().anyMatch(Task::isRestoreTest);
    }

    /** All volumes that the server pods have for it. */
    public static List<String> volumes() {
        return List.of(SPOOL_VOLUME, TMP_VOLUME, CONF_VOLUME, SECRET_VOLUME, AUTHORITY_VOLUME);
    }

    /**
     * Something that is done by itself.
     *
     * @param kind {@code full}, {@code incremental}, {@code verify} or {@value #RESTORE_TEST}
     * @param schedule when, as cron writes it
     */
    public record Task(String kind, String schedule) {
        /** The kind that restores the newest base backup, to see that it can be done. */
        public static final String RESTORE_TEST = "restoretest";

        /** Whether it makes a base backup. */
        public boolean isBaseBackup() {
            return kind.equals("full") || kind.equals("incremental");
        }

        /** Whether it works by itself; the others ask the archiver. */
        public boolean isRestoreTest() {
            return kind.equals(RESTORE_TEST);
        }
    }
}
