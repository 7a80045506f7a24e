package streamset.pod;

import java.util.Map;
import java.util.TreeMap;
import streamset.units.ByteSize;

/** A volume of a pod without a claim. */
public sealed interface PodVolume {
    /** The name by which the containers mount it. */
    String name();

    /**
     * The keys of a ConfigMap as files.
     *
     * @param items the path of the file for each key; empty when every key is a file of that name
     */
    record OfConfigMap(String name, String configMap, Map<String, String> items) implements PodVolume {
        public OfConfigMap {
            items = new TreeMap<>(items);
        }
    }

    /**
     * The keys of a Secret as files.
     *
     * @param mode of the files
     * @param items the path of the file for each key; empty when every key is a file of that name
     * @param optional whether a pod starts without the Secret; the files come later then
     */
    record OfSecret(String name, String secret, int mode, Map<String, String> items, boolean optional)
            implements PodVolume {
        public OfSecret {
            items = new TreeMap<>(items);
        }

        /** With all keys. */
        public OfSecret(String name, String secret, int mode) {
            this(name, secret, mode, Map.of(), false);
        }

        /** The same, for pods that can do without for a while. */
        public OfSecret whereItExists() {
            return new OfSecret(name, secret, mode, items, true);
        }
    }

    /**
     * A volume of a StorageClass that is made for a pod and goes with it.
     *
     * @param volume its size and class
     */
    record OfItsOwn(String name, Volume volume) implements PodVolume {}

    /**
     * An empty folder that lives as long as the pod.
     *
     * @param inMemory whether it counts as memory of the container
     * @param limit of its size; beyond it, a folder on the disk costs the pod its place on the node, and one in memory takes no more
     */
    record Empty(String name, boolean inMemory, ByteSize limit) implements PodVolume {}
}
