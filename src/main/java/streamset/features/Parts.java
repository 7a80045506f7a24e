package streamset.features;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a cluster gets with a feature, or with all features.
 *
 * @param all one thing each, in the order of the features
 */
public record Parts(List<Part> all) {
    /** The parts of a feature that the stack does not use. */
    public static final Parts NONE = new Parts(List.of());

    public Parts {
        all = List.copyOf(all);
    }

    /** Those of a feature. */
    public static Parts of(Part... parts) {
        return new Parts(List.of(parts));
    }

    /** All parts of several features. */
    static Parts of(Stream<Parts> features) {
        return new Parts(features.flatMap(parts -> parts.all.stream()).toList());
    }

    /** The same and one thing more. */
    public Parts with(Part part) {
        return new Parts(Stream.concat(all.stream(), Stream.of(part)).toList());
    }

    /** Those of a kind. */
    public <P extends Part> Stream<P> every(Class<P> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The one of a kind that a single feature has. */
    public <P extends Part> Optional<P> one(Class<P> kind) {
        return every(kind).findFirst();
    }

    /** What the server pods have in addition. */
    public PodAddition ofServers() {
        return sum(every(Part.OfServers.class).map(Part.OfServers::addition));
    }

    /** What the pods of Jobs that query servers have in addition. */
    public PodAddition ofJobs() {
        return sum(every(Part.OfJobs.class).map(Part.OfJobs::addition));
    }

    /** What the pod of the Job that checks conf files has in addition. */
    public PodAddition ofCheck() {
        return sum(every(Part.OfCheck.class).map(Part.OfCheck::addition));
    }

    private static PodAddition sum(Stream<PodAddition> additions) {
        return additions.reduce(PodAddition.NONE, PodAddition::and);
    }
}
