package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import streamset.cluster.Deployment;

/** The kubelet's metrics at a port of this machine, without a password: kubectl has the rights. */
record KubeletProxy(int port, String node, Process kubectl) implements AutoCloseable {
    /** @param log gets what it says */
    static KubeletProxy start(Deployment deployment, int port, Path log) {
        var node =
                deployment.kubectl("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}"); // the testbed has one
        var proxy = deployment.kubectlCommand("proxy", "--port=" + port);
        var builder =
                new ProcessBuilder(proxy.words()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(proxy.environment());
        try {
            return new KubeletProxy(port, node, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return "/api/v1/nodes/" + node + "/proxy/metrics";
    }

    @Override
    public void close() {
        kubectl.destroy();
    }
}
