package streamset.plan.reading;

import java.util.Optional;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;

/**
 * A claim on a volume.
 *
 * @param ordinal of the pod
 * @param requested the size that it requests
 * @param capacity the size of its volume; empty while it has none
 * @param className its StorageClass; empty for none
 */
public record Claim(
        VolumeKind kind, int ordinal, String name, ByteSize requested, Optional<ByteSize> capacity, String className) {}
