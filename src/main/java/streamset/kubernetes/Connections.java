package streamset.kubernetes;

import java.util.List;
import java.util.stream.Collectors;

/** How to reach the cluster: connection strings without passwords, and commands to type. */
public final class Connections {
    private static final String DATABASE = "postgres";
    private static final String USER = "postgres";

    private final ClusterSpec spec;

    Connections(ClusterSpec spec) {
        this.spec = spec;
    }

    /** The pods' DNS names, by ordinal. */
    public List<String> hosts() {
        return spec.names().podHosts(spec.config().replicas());
    }

    /** libpq: tries the pods in turn and takes the one that can write. */
    public String readWriteLibpq() {
        return libpq("read-write");
    }

    /** libpq: takes a standby where there is one. */
    public String readOnlyLibpq() {
        return libpq("prefer-standby");
    }

    /** JDBC: tries the pods in turn and takes the primary. */
    public String readWriteJdbc() {
        return jdbc("primary");
    }

    /** JDBC: takes a standby where there is one, another one for each connection. */
    public String readOnlyJdbc() {
        return jdbc("preferSecondary&loadBalanceHosts=true");
    }

    /** @param kubectl kubectl with the options that choose the cluster */
    public String psqlCommand(String kubectl) {
        return onPrimary(kubectl, "-it ") + "psql -U " + USER;
    }

    /** @param kubectl kubectl with the options that choose the cluster */
    public String statusCommand(String kubectl) {
        return onPrimary(kubectl, "") + String.join(" ", NodeScripts.command(NodeScripts.STATUS));
    }

    private String onPrimary(String kubectl, String options) {
        return kubectl + " -n " + spec.names().namespace() + " exec " + options
                + spec.names().pod(spec.primary()) + " -c " + PostgresStatefulSet.CONTAINER + " -- ";
    }

    private String libpq(String sessionAttributes) {
        return "postgresql://" + USER + "@" + hostsWithPorts() + "/" + DATABASE + "?target_session_attrs="
                + sessionAttributes;
    }

    private String jdbc(String serverType) {
        return "jdbc:postgresql://" + hostsWithPorts() + "/" + DATABASE + "?user=" + USER + "&targetServerType="
                + serverType;
    }

    private String hostsWithPorts() {
        return hosts().stream().map(host -> host + ":" + PostgresPort.NUMBER).collect(Collectors.joining(","));
    }
}
