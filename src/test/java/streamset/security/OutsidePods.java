package streamset.security;

import java.nio.file.Path;
import java.util.Map;
import streamset.cluster.Deployment;

/** Clients in pods that are not of the cluster, in a namespace of their own. */
final class OutsidePods {
    /** Where they have the certificate of an issuer that has nothing to do with the servers. */
    static final String OTHER_ROOT = "/roots/other.crt";

    /** The label that the stack of production asks of a client's namespace. */
    static final String NAMESPACE_LABEL = "postgresql-clients";

    /** A pod with the label that it asks of clients. */
    static final String CLIENT = "client";

    /** A pod whose label has another value. */
    static final String STRANGER = "stranger";

    private static final String LABEL = "postgresql-client";

    private static final String ROOT = "/roots/ca.crt";

    private final String namespace;
    private final Deployment kubernetes; // for kubectl alone: nothing is deployed from a stack

    /** Nothing runs yet. */
    OutsidePods(String namespace) {
        this.namespace = namespace;
        this.kubernetes = new Deployment("prod", namespace);
    }

    /** @param root of the servers' certificate */
    void start(Path root, Path otherRoot) {
        kubernetes.kubectl("create", "namespace", namespace);
        kubernetes.kubectl(
                "create", "configmap", "roots", "--from-file=ca.crt=" + root, "--from-file=other.crt=" + otherRoot);
        kubernetes.kubectlWithInput(pod(CLIENT, true) + pod(STRANGER, false), "apply", "-f", "-");
        kubernetes.kubectl("wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s");
    }

    private static String pod(String name, boolean isClient) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %2$s, labels: {%1$s: "%3$s"}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: client
                      image: docker.io/library/postgres:15
                      command: [sleep, infinity]
                      resources: {requests: {cpu: 10m}, limits: {cpu: 100m, memory: 64Mi}}
                      volumeMounts: [{name: roots, mountPath: /roots}]
                  volumes: [{name: roots, configMap: {name: roots}}]
                """.formatted(LABEL, name, isClient);
    }

    Client client(String pod, String server) {
        var exec = kubernetes.kubectlCommand("exec", "-i", pod, "--");
        return new Client(exec.words(), exec.environment(), Map.of("PGHOST", server, "PGSSLROOTCERT", ROOT));
    }

    void remove() {
        kubernetes.kubectl("delete", "namespace", namespace, "--ignore-not-found", "--timeout=60s");
    }
}
