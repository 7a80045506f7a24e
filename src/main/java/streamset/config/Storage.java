package streamset.config;

import java.util.Optional;

/**
 * The data volume of each pod.
 *
 * @param className the StorageClass; empty for the cluster's default
 */
public record Storage(ByteSize size, Optional<String> className) {}
