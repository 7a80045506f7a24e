package streamset.node;

import java.util.LinkedHashMap;
import java.util.Map;
import streamset.cluster.ClusterSpec;

/** Names of variables in the environment of the server pods. */
public final class Environment {
    /** Where the data are. */
    public static final String DATA = "PGDATA";

    /** The major version of PostgreSQL that the image must have. */
    public static final String MAJOR_VERSION = "POSTGRES_MAJOR";

    /** The size of a WAL segment, in MB. */
    public static final String WAL_SEGMENT_MEGABYTES = "WAL_SEGMENT_MEGABYTES";

    /** The digest of the pod's template, by which the pod recognizes the conf files that are made for it. */
    public static final String POD_DIGEST = "POD_DIGEST";

    /** The name of the Service for writing, which resolves in its namespace. */
    public static final String PRIMARY_SERVICE = "PRIMARY_SERVICE";

    private Environment() {}

    /** What init container and server of a cluster get. */
    static Map<String, String> of(ClusterSpec spec) {
        var environment = new LinkedHashMap<String, String>();
        // explicit, because official images from 18 on have another default
        environment.put(DATA, Paths.data());
        // In the pods and not in the topology: another size cannot apply to existing data, and this way the first
        // standby that restarts reports it.
        environment.put(
                WAL_SEGMENT_MEGABYTES,
                Long.toString(spec.config().wal().segmentSize().megabytes()));
        environment.put(MAJOR_VERSION, Integer.toString(spec.config().version()));
        environment.putAll(spec.features().parts().ofServers().environment());
        return environment;
    }
}
