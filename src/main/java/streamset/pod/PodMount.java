package streamset.pod;

/**
 * Where a container mounts a volume.
 *
 * @param volume the name of a volume of the pod, or of a claim
 */
public record PodMount(String volume, String path, boolean readOnly) {
    public static PodMount writable(String volume, String path) {
        return new PodMount(volume, path, false);
    }

    public static PodMount readOnly(String volume, String path) {
        return new PodMount(volume, path, true);
    }
}
