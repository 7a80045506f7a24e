package streamset.kubernetes;

import java.util.Optional;
import streamset.units.ByteSize;

/**
 * A claim as the cluster has it.
 *
 * @param requested what it asks for
 * @param capacity what its volume has; empty while it has none
 * @param className its StorageClass; empty for none
 * @param growing whether the StorageClass lets volumes grow
 */
public record ExistingClaim(
        String name, ByteSize requested, Optional<ByteSize> capacity, String className, boolean growing) {}
