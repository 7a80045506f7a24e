package streamset.features;

import java.util.List;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.pod.VolumeKind;

/**
 * What a cluster can have besides servers that replicate. Each feature has its own package, and the rest of the program knows
 * only this interface.
 */
public interface Feature {
    /** The kinds of volumes that pods claim with it; these also identify claims that a stack no longer declares. */
    default List<VolumeKind> volumes() {
        return List.of();
    }

    /**
     * Reads its part of the stack file.
     *
     * @param keys all keys of {@code streamset:}; receives a problem for each value that cannot be used
     * @param config what has been read already
     * @return what the cluster gets with it; {@link Parts#NONE} when the stack does not use it
     */
    Parts read(Section keys, StackConfig config);

    /**
     * Adds a problem for each change that no update makes, because it could lose data or would stop halfway.
     *
     * @param before the deployed cluster
     * @param after the wanted one
     */
    default void refuse(State before, State after, Keys keys) {}
}
