package streamset.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import streamset.config.Credentials.Passwords;

/** The Secrets with the passwords of a cluster on this machine: a folder for what Jobs mount, and one for what server pods mount. */
final class Secrets {
    /** Whose verifiers they are. */
    static final String PURPOSE = "of a test";

    private static final String SWITCHOVER = "patroni/jobs/switchover.sh";
    private static final Set<String> AS_NODES = Set.of(
            "jobs/restarted.sh",
            "jobs/slots.sh",
            "jobs/handover.sh",
            SWITCHOVER,
            "backup/request.sh",
            "backup/restoretest.sh");

    private final Path folder;
    private final Path ofJobs;
    private final Path ofNodes;
    private final Path ofJobsAsNode;
    private final Path ofSwitchover;
    private final Map<String, String> passwords = new HashMap<>();
    private boolean ofSomebodyElse;
    private boolean ofFormerVersion;

    Secrets(Path folder) {
        this.folder = folder;
        this.ofJobs = folder.resolve("passwords");
        this.ofNodes = folder.resolve("logins");
        this.ofJobsAsNode = folder.resolve("one-password");
        this.ofSwitchover = folder.resolve("two-passwords");
        Machine.run(
                "mkdir", "-p", ofJobs.toString(), ofNodes.toString(), ofJobsAsNode.toString(), ofSwitchover.toString());
    }

    /** There is one Secret, with passwords alone. */
    void areOfSomebodyElse() {
        ofSomebodyElse = true;
    }

    /** The servers are of a former version, and Jobs have all passwords in the update that replaces them. */
    void areOfFormerVersion() {
        ofFormerVersion = true;
    }

    /** What a container mounts that runs this script. */
    Path mounted(String script, boolean inServerPod) {
        if (AS_NODES.contains(script)) {
            var ofNode = script.equals(SWITCHOVER) ? ofSwitchover : ofJobsAsNode;
            return ofSomebodyElse || ofFormerVersion ? ofJobs : ofNode;
        }
        return inServerPod ? ofNodes() : ofJobs;
    }

    Path ofNodes() {
        return ofSomebodyElse ? ofJobs : ofNodes;
    }

    String password(String role) {
        return passwords.get(role);
    }

    /** Declares another password; the kubelet brings it in one step. */
    void password(String role, String password) {
        passwords.put(role, password);
        put(role, password, ofJobs);
        var others = new HashMap<>(passwords);
        var own = new Passwords(orEmpty(others.remove("postgres")), orEmpty(others.remove("replicator")));
        var byKey = new NodePasswords(own, others, PURPOSE).byKey();
        keysFor(role).forEach(key -> put(key, byKey.get(key), ofNodes));
        for (Path ofJob : List.of(ofJobsAsNode, ofSwitchover)) {
            put(NodePasswords.NODES, byKey.get(NodePasswords.NODES), ofJob);
        }
        put(NodePasswords.PATRONI, byKey.get(NodePasswords.PATRONI), ofSwitchover);
    }

    /** What follows from it comes first: a node looks again when the password itself has changed. */
    private static List<String> keysFor(String role) {
        return role.equals("postgres")
                ? List.of(NodePasswords.NODES, NodePasswords.METRICS, NodePasswords.PATRONI, role)
                : List.of(role);
    }

    /** The keys of the Secret of the server pods, in an order in which a node may see them change. */
    List<String> keysOfNodes() {
        var keys = new ArrayList<String>();
        passwords.keySet().forEach(role -> keys.addAll(keysFor(role)));
        if (ofSomebodyElse) {
            keys.retainAll(passwords.keySet());
        }
        return keys;
    }

    private static String orEmpty(String password) {
        return password == null ? "" : password;
    }

    private void put(String key, String text, Path mounted) {
        Machine.write(folder.resolve("new-password"), text);
        Machine.run(
                "mv",
                folder.resolve("new-password").toString(),
                mounted.resolve(key).toString());
    }
}
