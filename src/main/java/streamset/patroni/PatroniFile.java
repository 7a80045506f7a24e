package streamset.patroni;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import streamset.catalog.ParameterName;
import streamset.cluster.ClusterSpec;
import streamset.conf.ConfFiles;
import streamset.config.Digest;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * patroni.yml: what is the same in all pods and never changes while a pod runs. Passwords and the pod's own addresses are beside
 * it (patroni/conf.sh), everything that changes is in {@link DynamicConfiguration}.
 *
 * @param labels of the server pods, but for that of the cluster
 */
public record PatroniFile(ClusterSpec spec, Map<String, String> labels) {
    /** The key in the ConfigMap, and the file's name. */
    public static final String NAME = "patroni.yml";

    /** The port of Patroni's REST API in each pod. */
    public static final int REST_PORT = 8008;

    /** The label of a pod that says whether it leads. */
    public static final String ROLE_LABEL = "streamset/role";

    /** The value of {@link #ROLE_LABEL} on the pod that leads. */
    public static final String PRIMARY = "primary";

    private static final String STANDBY = "standby";
    private static final String SCOPE_LABEL = "app.kubernetes.io/instance";

    /** The scripts that Patroni runs, below the folder of the scripts. */
    public static final String INITDB = "patroni/initdb.sh";

    public static final String NODE_ROLE = "patroni/node_role.sh";
    public static final String CLONE = "patroni/clone.sh";
    public static final String ROLE = "patroni/role.sh";

    private static final String SCRIPTS = "bash /etc/streamset/scripts/";
    private static final String METHOD = "streamset"; // of making data

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    public PatroniFile {
        labels = new TreeMap<>(labels);
    }

    /** The whole file. */
    public String text() {
        var file = new LinkedHashMap<String, Object>();
        file.put("scope", spec.names().prefix());
        file.put("kubernetes", kubernetes());
        file.put("restapi", Map.of("listen", "0.0.0.0:" + REST_PORT));
        // A database is created by our script only, which refuses what init.sh has not let it. Patroni's own initdb
        // would
        // leave half of one when it is interrupted.
        file.put(
                "bootstrap",
                ordered(
                        "method",
                        METHOD,
                        METHOD,
                        ordered("command", SCRIPTS + INITDB, "no_params", true),
                        "post_init",
                        SCRIPTS + NODE_ROLE));
        file.put("postgresql", postgresql());
        return YAML.writeValueAsString(file);
    }

    /** Changes with the file. */
    public String digest() {
        return Digest.of(text());
    }

    private Map<String, Object> kubernetes() {
        return ordered(
                "namespace", spec.names().namespace(),
                "labels", labels,
                "scope_label", SCOPE_LABEL,
                "role_label", ROLE_LABEL,
                "leader_label_value", PRIMARY,
                "follower_label_value", STANDBY,
                "use_endpoints", false); // deprecated since Kubernetes 1.33
    }

    private Map<String, Object> postgresql() {
        return ordered(
                "listen",
                "*:5432",
                "custom_conf",
                ConfFiles.DIRECTORY + "/" + ConfFiles.POSTGRESQL_CONF,
                "use_unix_socket",
                true,
                "use_unix_socket_repl",
                true,
                "parameters",
                ordered(
                        ParameterName.HBA_FILE.toString(),
                        ConfFiles.DIRECTORY + "/" + ConfFiles.PG_HBA_CONF,
                        ParameterName.UNIX_SOCKET_DIRECTORIES.toString(),
                        "/var/run/postgresql"),
                "callbacks",
                ordered("on_role_change", SCRIPTS + ROLE),
                "use_pg_rewind",
                true,
                // of copies only: whoever is rewound or cloned again follows a leader, which has the data
                "remove_data_directory_on_rewind_failure",
                true,
                "remove_data_directory_on_diverged_timelines",
                true,
                "create_replica_methods",
                List.of(METHOD),
                METHOD,
                ordered("command", SCRIPTS + CLONE, "keep_data", true));
    }

    /** In this order: a key, its value, the next key … */
    private static Map<String, Object> ordered(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < entries.length; at += 2) {
            map.put((String) entries[at], entries[at + 1]);
        }
        return map;
    }
}
