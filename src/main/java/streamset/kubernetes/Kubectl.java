package streamset.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import streamset.config.Target;

/**
 * Reads objects that may not exist, which kubectl can and the engine cannot: there, reading a missing object ends the update.
 *
 * @param target the Kubernetes cluster
 */
record Kubectl(Target target) {
    private static final int PATIENCE_SECONDS = 15;

    /**
     * Runs {@code kubectl get}.
     *
     * @param what kind, names and options
     * @return the answer as JSON, blank when nothing of that exists; empty when kubectl is not installed, or failed
     */
    Optional<String> get(List<String> what) {
        Path answer = null;
        Path kubeconfig = null;
        try {
            answer = Files.createTempFile("objects", ".json");
            kubeconfig = Files.createTempFile("kubeconfig", ""); // readable only by this user
            var kubectl = target.kubectlCommand(kubeconfig);
            kubectl.add("get");
            kubectl.addAll(what);
            kubectl.addAll(List.of("--ignore-not-found", "-o", "json", "--request-timeout=10s"));
            var process = new ProcessBuilder(kubectl)
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(Files.readString(answer)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            delete(answer);
            delete(kubeconfig);
        }
    }

    private static void delete(Path file) {
        Optional.ofNullable(file).ifPresent(path -> path.toFile().delete());
    }
}
