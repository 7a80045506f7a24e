package streamset.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import streamset.config.Names;
import streamset.config.Target;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The owner of a namespace. kubectl reads it, because the engine can read only what exists: reading a missing object ends the
 * update.
 */
public enum NamespaceOwner {
    /** There is no such namespace. */
    NOBODY,
    /** It has the labels of this cluster: an earlier deployment has left it. */
    THIS_CLUSTER,
    /** It exists, and was created by something else. */
    SOMEBODY_ELSE,
    /** kubectl is not installed, or failed. */
    UNKNOWN;

    private static final int PATIENCE_SECONDS = 15;
    private static final JsonMapper JSON = new JsonMapper();

    /** Runs kubectl. */
    public static NamespaceOwner of(Target target, Names names) {
        Path answer = null;
        Path kubeconfig = null;
        try {
            answer = Files.createTempFile("namespace", ".json");
            kubeconfig = Files.createTempFile("kubeconfig", ""); // readable only by this user
            var kubectl = target.kubectlCommand(kubeconfig);
            kubectl.addAll(List.of(
                    "get",
                    "namespace",
                    names.namespace(),
                    "--ignore-not-found",
                    "-o",
                    "json",
                    "--request-timeout=10s"));
            var process = new ProcessBuilder(kubectl)
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return UNKNOWN;
            }
            return process.exitValue() == 0 ? of(Files.readString(answer), names) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        } finally {
            delete(answer);
            delete(kubeconfig);
        }
    }

    private static void delete(Path file) {
        Optional.ofNullable(file).ifPresent(path -> path.toFile().delete());
    }

    /** @param json the output of kubectl; blank when there is no such namespace */
    static NamespaceOwner of(String json, Names names) {
        if (json.isBlank()) {
            return NOBODY;
        }
        try {
            var labels = KubernetesObjects.texts(JSON.readTree(json), "/metadata/labels");
            return Labels.PROGRAM.equals(labels.get(Labels.PART_OF))
                            && names.prefix().equals(labels.get(Labels.INSTANCE))
                    ? THIS_CLUSTER
                    : SOMEBODY_ELSE;
        } catch (JacksonException e) {
            return UNKNOWN;
        }
    }
}
