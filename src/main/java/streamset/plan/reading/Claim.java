package streamset.plan.reading;

import java.util.Optional;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;

/**
 * A claim on a volume.
 *
 * @param ordinal of the pod
 * @param requested what it asks for
 * @param capacity what its volume has; empty while it has none
 * @param className its StorageClass; empty for none
 */
public record Claim(
        VolumeKind kind, int ordinal, String name, ByteSize requested, Optional<ByteSize> capacity, String className) {}
