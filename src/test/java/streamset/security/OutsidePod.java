package streamset.security;

import java.nio.file.Path;
import java.util.Map;
import streamset.cluster.Deployment;

/** A client in a pod that is not of the cluster, in a namespace of its own. */
final class OutsidePod {
    /** Where it has the certificate of an issuer that has nothing to do with the servers. */
    static final String OTHER_ROOT = "/roots/other.crt";

    private static final String ROOT = "/roots/ca.crt";
    private static final String NAME = "client";

    private final String namespace;
    private final Deployment kubernetes; // for kubectl alone: nothing is deployed from a stack

    /** Nothing runs yet. */
    OutsidePod(String namespace) {
        this.namespace = namespace;
        this.kubernetes = new Deployment("prod", namespace);
    }

    /** @param root of the servers' certificate */
    void start(Path root, Path otherRoot) {
        kubernetes.kubectl("create", "namespace", namespace);
        kubernetes.kubectl(
                "create", "configmap", "roots", "--from-file=ca.crt=" + root, "--from-file=other.crt=" + otherRoot);
        kubernetes.kubectlWithInput("""
                apiVersion: v1
                kind: Pod
                metadata: {name: client}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: client
                      image: docker.io/library/postgres:15
                      command: [sleep, infinity]
                      resources: {limits: {cpu: 100m, memory: 64Mi}}
                      volumeMounts: [{name: roots, mountPath: /roots}]
                  volumes: [{name: roots, configMap: {name: roots}}]
                """, "apply", "-f", "-");
        kubernetes.kubectl("wait", "--for=condition=Ready", "pod/" + NAME, "--timeout=60s");
    }

    Psql psql(String server) {
        var exec = kubernetes.kubectlCommand("exec", "-i", NAME, "--");
        return new Psql(exec.words(), exec.environment(), Map.of("PGHOST", server, "PGSSLROOTCERT", ROOT));
    }

    void remove() {
        kubernetes.kubectl("delete", "namespace", namespace, "--ignore-not-found", "--timeout=60s");
    }
}
