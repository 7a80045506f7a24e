package streamset.plan.reading;

import java.util.Optional;
import streamset.units.ByteSize;

/**
 * A claim on a volume.
 *
 * @param volume the name of the volume in the pod
 * @param ordinal of the pod
 * @param requested what it asks for
 * @param capacity what its volume has; empty while it has none
 * @param className its StorageClass; empty for none
 */
public record Claim(
        String volume, int ordinal, String name, ByteSize requested, Optional<ByteSize> capacity, String className) {}
