package streamset.features;

import java.util.List;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.pod.VolumeKind;

/**
 * What a cluster can have besides servers that replicate. Each has a room of its own, and the rest of the program knows it
 * by this interface alone.
 */
public interface Feature {
    /** The kinds of volumes that pods claim with it, by which claims are recognized that a stack no longer declares. */
    List<VolumeKind> volumes();

    /**
     * Reads its part of the stack file.
     *
     * @param keys all keys of {@code streamset:}; gets a problem for each value that cannot be used
     * @return what the cluster gets with it; {@link Parts#NONE} when the stack does not ask for it
     */
    Parts read(Section keys);

    /**
     * Adds a problem for what no update does, because it could cost data or would stop half-way.
     *
     * @param before the cluster that is there
     * @param after the one that is wanted
     */
    void refuse(State before, State after, Keys keys);
}
