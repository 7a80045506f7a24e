package streamset.patroni;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.settings.PatroniParameters;
import streamset.settings.ServerSettings;
import streamset.units.ByteSize;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configuration that all pods of a cluster share, and follow at once. Patroni passes the parameters in it to the server on
 * its command line, where they overrule the conf file: so the values of the file are repeated here.
 */
public record DynamicConfiguration(ClusterSpec spec) {
    /** The annotation of the object that has it. */
    public static final String ANNOTATION = "config";

    /** The object with the lease, and its annotation that names the pod that holds it. */
    public static final String LEADER = "leader";

    /** The objects in which Patroni keeps its state, by the ends of their names; the first has this configuration. */
    public static final List<String> OBJECTS = List.of(ANNOTATION, LEADER, "failover", "sync");

    /** A standby that lacks more than one segment of the default size is not promoted, unless commits wait for standbys. */
    private static final ByteSize MOST_LAG = ByteSize.ofMegabytes(16);

    private static final String NODE_COUNT = "synchronous_node_count";
    private static final String PARAMETERS = "postgresql.parameters";
    private static final int TIMELINES = 20; // that the history keeps: an object has a limit

    /** The value of the annotation. */
    public String json() {
        var times = spec.config().failover().times();
        var all = new LinkedHashMap<String, Object>();
        all.put("ttl", times.ttl().toSeconds());
        all.put("loop_wait", times.loopWait().toSeconds());
        all.put("retry_timeout", times.retryTimeout().toSeconds());
        all.put("primary_start_timeout", times.primaryStartTimeout().toSeconds());
        all.put("maximum_lag_on_failover", MOST_LAG.bytes());
        all.put("max_timelines_history", TIMELINES);
        all.put("failsafe_mode", true); // otherwise nobody writes while the API server is away
        synchronous(all);
        all.put("postgresql", Map.of("parameters", parameters()));
        return JsonMapper.shared().writeValueAsString(all);
    }

    /** Quorum: any of the standbys may confirm, and only one that surely has every acknowledged commit is promoted. */
    private void synchronous(Map<String, Object> all) {
        int standbys = spec.config().roles().synchronousStandbys();
        if (standbys > 0) {
            all.put("synchronous_mode", "quorum");
            all.put("synchronous_mode_strict", spec.config().failover().strict());
            all.put(NODE_COUNT, standbys);
        }
    }

    /**
     * How many standbys must have a commit before it is acknowledged.
     *
     * @param json a value of the annotation
     */
    public static int synchronousStandbys(String json) {
        try {
            return JsonMapper.shared().readTree(json).path(NODE_COUNT).asInt(0);
        } catch (JacksonException e) {
            return 0; // nobody but the program writes it
        }
    }

    /**
     * Each setting in a value of the annotation, as text: parameters of the server by their own names, other settings within
     * others with those in front.
     *
     * @return empty when the value is no object
     */
    public static Optional<SortedMap<String, String>> settings(String json) {
        try {
            var tree = JsonMapper.shared().readTree(json);
            var settings = new TreeMap<String, String>();
            collect("", tree, settings);
            return Optional.of(tree).filter(JsonNode::isObject).map(object -> settings);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static void collect(String path, JsonNode value, Map<String, String> settings) {
        value.propertyStream().forEach(field -> {
            var name = path + field.getKey();
            if (field.getValue().isObject()) {
                collect(name.equals(PARAMETERS) ? "" : name + ".", field.getValue(), settings);
            } else {
                settings.put(
                        name,
                        field.getValue().isValueNode()
                                ? field.getValue().asString()
                                : field.getValue().toString());
            }
        });
    }

    private Map<String, String> parameters() {
        var settings =
                ServerSettings.of(spec.files().postgresqlConf(), spec.config().version());
        var parameters = new TreeMap<String, String>();
        for (var name : PatroniParameters.NAMES) {
            parameters.put(name.toString(), settings.value(name).canonical());
        }
        return parameters;
    }
}
