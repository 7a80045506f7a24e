package streamset.pod;

import java.util.Optional;
import streamset.units.ByteSize;

/**
 * A volume that each pod has.
 *
 * @param className the StorageClass; empty for the cluster's default
 */
public record Volume(ByteSize size, Optional<String> className) {}
