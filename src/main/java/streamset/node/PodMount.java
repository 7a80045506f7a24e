package streamset.node;

/**
 * Where a container sees a volume.
 *
 * @param volume the name of a volume of the pod, or of a claim
 */
public record PodMount(String volume, String path, boolean readOnly) {
    static PodMount writable(String volume, String path) {
        return new PodMount(volume, path, false);
    }

    static PodMount readOnly(String volume, String path) {
        return new PodMount(volume, path, true);
    }
}
