package streamset.pod;

/**
 * A volume that each pod claims.
 *
 * @param name of the volume, and of the StatefulSet's claim template
 * @param key the object of {@code streamset:} that describes it, such as {@code storage}
 * @param content one word for what is on it
 */
public record VolumeKind(String name, String key, String content) {
    /** The volume that every pod has. */
    public static final VolumeKind DATA = new VolumeKind("data", "storage", "data");

    private static final String MOUNTS = "/var/lib/postgresql/";

    /** The key that sets its size. */
    public String sizeKey() {
        return key + ".size";
    }

    /** The key that names its StorageClass. */
    public String classKey() {
        return key + ".className";
    }

    /** Where it is mounted. */
    public String path() {
        return MOUNTS + name;
    }
}
