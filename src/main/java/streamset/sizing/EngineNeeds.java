package streamset.sizing;

import streamset.units.ByteSize;

/**
 * What the engine that keeps the servers in their roles needs in each pod.
 *
 * @param memory of its processes beside the server
 * @param leastConnections the least max_connections that is computed
 */
public record EngineNeeds(ByteSize memory, int leastConnections) {
    /** The scripts of a declared failover: what they use is among the background processes. */
    public static final EngineNeeds DECLARED = new EngineNeeds(new ByteSize(0), 10);

    /**
     * Patroni: one process of Python, 50 MB (measured, see docs/measurements.md), and the shells around it. Fewer connections
     * it silently replaces by the server's default.
     */
    public static final EngineNeeds PATRONI = new EngineNeeds(ByteSize.ofMegabytes(64), 25);
}
