package streamset.plan.reading;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.features.Archive;
import streamset.features.Encryption;
import streamset.features.Exporter;
import streamset.features.Restoration;
import streamset.node.Environment;
import streamset.node.PasswordsVolume;
import streamset.node.PatroniAgent;
import streamset.node.ServerPod;
import streamset.objects.KubernetesObjects;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/** Reads what the pod template of a StatefulSet says of the servers; a missing one says nothing. */
record TemplateReader(JsonNode template) {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern MAJOR_IN_TAG = Pattern.compile("^[^@]*:v?(\\d+)[^/:@]*(?:@.*)?$");

    Optional<String> image() {
        return serverField("/image");
    }

    /** Whether Patroni runs in the pods. */
    boolean isAutomatic() {
        return serverField("/command/1").filter(PatroniAgent::isStartedBy).isPresent();
    }

    private Optional<String> serverField(String path) {
        return field(ServerPod.CONTAINER, path);
    }

    private Optional<String> field(String name, String path) {
        return template.at("/spec/containers")
                .valueStream()
                .filter(container -> KubernetesObjects.text(container, "/name").equals(Optional.of(name)))
                .flatMap(container -> KubernetesObjects.text(container, path).stream())
                .findFirst();
    }

    static Optional<Integer> majorInTag(String image) {
        return MAJOR_IN_TAG
                .matcher(image)
                .results()
                .flatMap(tag -> number(tag.group(1)).stream())
                .findFirst();
    }

    static Optional<Integer> number(String text) {
        return Optional.of(text)
                .filter(digits -> WHOLE_NUMBER.matcher(digits).matches())
                .map(Integer::valueOf);
    }

    /** What a stack declares about its pods, beside the image, by configuration key. */
    Map<String, String> pods() {
        var pods = new TreeMap<String, String>();
        serverField("/resources/limits/cpu").ifPresent(cpu -> pods.put(Declaration.CPU, cpu));
        serverField("/resources/limits/memory").ifPresent(memory -> pods.put(Declaration.MEMORY, memory));
        KubernetesObjects.text(template, "/spec/securityContext/runAsUser")
                .ifPresent(user -> pods.put(Declaration.USER, user));
        secret(PasswordsVolume.NAME).ifPresent(name -> pods.put(Declaration.SECRET, name));
        if (template.isObject()) {
            pods.put(
                    Declaration.HUGE_PAGES,
                    serverField("/resources/limits/hugepages-2Mi").orElse(""));
            pods.put(Declaration.TLS, secret(Encryption.VOLUME).orElse(""));
            pods.put(Declaration.TLS_CLIENT, secret(Encryption.CLIENT_VOLUME).orElse(""));
            pods.put(Declaration.METRICS, field(Exporter.CONTAINER, "/image").orElse(""));
            pods.put(Declaration.BACKUP, field(Archive.CONTAINER, "/image").orElse(""));
            pods.put(
                    Declaration.BACKUP_CPU,
                    field(Archive.CONTAINER, "/resources/limits/cpu").orElse(""));
            pods.put(
                    Declaration.BACKUP_MEMORY,
                    field(Archive.CONTAINER, "/resources/limits/memory").orElse(""));
            pods.put(Declaration.RESTORED, restored());
        }
        return pods;
    }

    /** Type and point in time; an empty text when no container restores. */
    private String restored() {
        return Stream.of(Restoration.TYPE_VARIABLE, Restoration.TARGET_VARIABLE)
                .flatMap(name -> template.at("/spec/initContainers")
                        .valueStream()
                        .filter(container ->
                                KubernetesObjects.text(container, "/name").equals(Optional.of(Restoration.CONTAINER)))
                        .flatMap(container -> container.path("env").valueStream())
                        .filter(variable ->
                                KubernetesObjects.text(variable, "/name").equals(Optional.of(name)))
                        .flatMap(variable -> KubernetesObjects.text(variable, "/value").stream()))
                .collect(Collectors.joining(" "))
                .strip();
    }

    private Optional<String> secret(String volume) {
        return template.at("/spec/volumes")
                .valueStream()
                .filter(one -> KubernetesObjects.text(one, "/name").equals(Optional.of(volume)))
                .flatMap(one -> KubernetesObjects.text(one, "/secret/secretName").stream())
                .findFirst();
    }

    /** The size of a WAL file. */
    Optional<ByteSize> segmentSize() {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> template.at("/spec/" + kind).valueStream())
                .flatMap(container -> container.path("env").valueStream())
                .filter(variable -> KubernetesObjects.text(variable, "/name")
                        .equals(Optional.of(Environment.WAL_SEGMENT_MEGABYTES)))
                .flatMap(variable -> KubernetesObjects.text(variable, "/value").stream())
                .flatMap(megabytes -> number(megabytes).stream())
                .findFirst()
                .map(ByteSize::ofMegabytes);
    }
}
