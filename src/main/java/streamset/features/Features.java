package streamset.features;

import java.util.List;
import java.util.stream.Stream;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;

/**
 * The features of one stack.
 *
 * @param known all features of the program
 * @param parts what the cluster gets with those that the stack uses
 */
public record Features(List<Feature> known, Parts parts) {
    public Features {
        known = List.copyOf(known);
    }

    /** Reads the part of each feature in the stack file. */
    public static Features read(List<Feature> known, Section keys, StackConfig config) {
        return new Features(known, Parts.of(known.stream().map(feature -> feature.read(keys, config))));
    }

    /** What each pod claims, data first. */
    public List<PodClaim> claims(StackConfig config) {
        var storage = config.storage();
        var data = new PodClaim(VolumeKind.DATA, new Volume(storage.size(), storage.className()));
        return Stream.concat(Stream.of(data), parts.every(Part.Claimed.class).map(Part.Claimed::claim))
                .toList();
    }

    /** All kinds of volumes that pods may have claimed, data first. */
    public List<VolumeKind> volumes() {
        return Stream.concat(Stream.of(VolumeKind.DATA), known.stream().flatMap(feature -> feature.volumes().stream()))
                .toList();
    }

    /** Adds a problem for each change that no update makes. */
    public void refuse(State before, State after, Keys keys) {
        known.forEach(feature -> feature.refuse(before, after, keys));
    }
}
