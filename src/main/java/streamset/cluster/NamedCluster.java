package streamset.cluster;

import streamset.config.ConfigOrigin;

/**
 * One of the clusters of a program.
 *
 * @param name of the component
 * @param origin where its settings are written, for messages
 */
public record NamedCluster(String name, ConfigOrigin origin, ClusterSpec spec) {}
