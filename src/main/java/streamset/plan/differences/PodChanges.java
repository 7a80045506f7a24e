package streamset.plan.differences;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.features.Archive;
import streamset.features.Encryption;
import streamset.features.Exporter;
import streamset.node.Environment;
import streamset.node.Labels;
import streamset.node.NodeVolumes;
import streamset.node.PasswordsVolume;
import streamset.node.PatroniAgent;
import streamset.plan.reading.Declaration;

/**
 * The changes of the pods, each with a name: the configuration key that causes it if there is one, else the path in the pod.
 *
 * @param template every difference in the pod template
 */
public record PodChanges(Declaration before, Declaration after, List<Difference> template) {
    private static final String PASSWORDS = Difference.element(PasswordsVolume.NAME);
    private static final List<String> OF_ALL_PODS =
            List.of("priorityClassName", "nodeSelector", "tolerations", "affinity", "imagePullSecrets");
    private static final String SHARED_MEMORY = Difference.element(NodeVolumes.SHARED_MEMORY);
    private static final String SCRIPTS = Difference.element(NodeVolumes.SCRIPTS);

    /** Parts of the template that follow from the engine alone; {@code *} stands for any field. */
    private static final List<List<String>> OF_THE_ENGINE = List.of(
            List.of("spec", "*", "*", "command"),
            List.of("spec", "*", "*", "env"),
            List.of("spec", "*", "*", "startupProbe"),
            List.of("spec", "*", "*", "readinessProbe"),
            List.of("spec", "*", "*", "livenessProbe"),
            List.of("spec", "*", "*", "volumeMounts", Difference.element(PatroniAgent.MOUNT)),
            List.of("spec", "volumes", Difference.element(PatroniAgent.VOLUME)),
            List.of("spec", "serviceAccountName"),
            List.of("spec", "automountServiceAccountToken"));

    /** Whether the only difference is the annotation for settings that need a restart. */
    public boolean isOfSettingsAlone() {
        return template.stream().allMatch(difference -> isMark(difference) || isDigest(difference));
    }

    /** Whether the pods get other scripts. */
    public boolean changesScripts() {
        return template.stream().anyMatch(PodChanges::isScripts);
    }

    /** Whether the pods of Jobs change with those of the servers: then all Jobs run again. */
    public boolean changesPodsOfJobs() {
        return template.stream()
                .anyMatch(difference -> OF_ALL_PODS.stream().anyMatch(field -> difference.isIn("spec", field))
                        || difference.isIn("spec", "volumes", "*", "emptyDir")
                                && !difference.isIn("spec", "volumes", SHARED_MEMORY));
    }

    /** A row for each change; none for those that only follow from others. */
    public List<SettingChange> rows() {
        var rows = new ArrayList<>(before.hasPods() ? SettingChange.ofPods(before, after) : List.of());
        if (before.hasPods() && before.automatic() != after.automatic()) {
            rows.add(new SettingChange("streamset:failover", before.failover(), after.failover(), true));
        }
        template.stream()
                .filter(PodChanges::isScripts)
                .map(difference ->
                        new SettingChange("the node scripts", digest(difference.from()), digest(difference.to()), true))
                .forEach(rows::add);
        template.stream()
                .filter(difference -> !isTold(difference))
                .map(difference -> new SettingChange(
                        "pod." + difference.where(), difference.shownFrom(), difference.shownTo(), true))
                .forEach(rows::add);
        if (rows.isEmpty() && template.stream().allMatch(PodChanges::isDigest)) {
            template.stream()
                    .map(difference -> new SettingChange(
                            "pod." + difference.where(), difference.shownFrom(), difference.shownTo(), true))
                    .forEach(rows::add);
        }
        return rows;
    }

    private boolean isTold(Difference difference) {
        return isOfTls(difference)
                || isOfMetrics(difference)
                || new ArchiveDifferences(before, after).isTold(difference)
                || isMark(difference)
                || isDigest(difference)
                || isScripts(difference)
                || isListOfScripts(difference)
                || isOfAKey(difference)
                || isOfTheEngine(difference);
    }

    /** How each engine runs its containers and probes them. */
    private boolean isOfTheEngine(Difference difference) {
        return before.hasPods()
                && before.automatic() != after.automatic()
                && OF_THE_ENGINE.stream().anyMatch(place -> difference.isIn(place.toArray(String[]::new)));
    }

    /** What comes and goes with the certificate, which has a row of its own. */
    private boolean isOfTls(Difference difference) {
        boolean changes = Stream.of(Declaration.TLS, Declaration.TLS_CLIENT)
                .anyMatch(key ->
                        !before.pods().getOrDefault(key, "").equals(after.pods().get(key)));
        return changes
                && before.hasPods()
                && (isOneOf(List.of(Encryption.VOLUME, Encryption.CLIENT_VOLUME), difference, "spec", "volumes")
                        || isOneOf(
                                List.of(Encryption.MOUNT, Encryption.CLIENT_MOUNT),
                                difference,
                                "spec",
                                "*",
                                "*",
                                "volumeMounts")
                        || isOneOf(
                                List.of(
                                        Encryption.ROOT_VARIABLE,
                                        Encryption.NAMES_VARIABLE,
                                        Encryption.CLIENT_VARIABLE,
                                        Environment.PRIMARY_SERVICE),
                                difference,
                                "spec",
                                "*",
                                "*",
                                "env"));
    }

    private static boolean isOneOf(List<String> elements, Difference difference, String... place) {
        return elements.stream()
                .map(element -> Stream.concat(Stream.of(place), Stream.of(Difference.element(element))))
                .anyMatch(path -> difference.isIn(path.toArray(String[]::new)));
    }

    /** What comes and goes with the exporter, which has a row of its own. */
    private boolean isOfMetrics(Difference difference) {
        var old = before.pods().getOrDefault(Declaration.METRICS, "");
        var now = after.pods().getOrDefault(Declaration.METRICS, "");
        return before.hasPods()
                && (old.isEmpty() != now.isEmpty() && isOfTheExporter(difference)
                        || !old.equals(now)
                                && difference.isIn(
                                        "spec", "containers", Difference.element(Exporter.CONTAINER), "image"));
    }

    private static boolean isOfTheExporter(Difference difference) {
        return difference.isIn("spec", "containers", Difference.element(Exporter.CONTAINER))
                || Stream.of(Exporter.PASSWORD_VOLUME, Exporter.FILES_VOLUME)
                        .anyMatch(volume -> difference.isIn("spec", "volumes", Difference.element(volume)))
                || difference.isIn("spec", "*", "*", "volumeMounts", Difference.element(Exporter.PASSWORD_MOUNT))
                || difference.isIn("spec", "*", "*", "env", Difference.element(Exporter.PASSWORD_VARIABLE))
                || difference.isIn("metadata", "annotations", "prometheus.io/scrape")
                || difference.isIn("metadata", "annotations", "prometheus.io/port");
    }

    private static boolean isMark(Difference difference) {
        return difference.isIn("metadata", "annotations", Labels.RESTART);
    }

    /** The digest of everything in the pod. */
    private static boolean isDigest(Difference difference) {
        return difference.isIn("spec", "*", "*", "env", Difference.element(Environment.POD_DIGEST));
    }

    private static boolean isScripts(Difference difference) {
        return difference.isIn("spec", "volumes", SCRIPTS, "configMap", "name");
    }

    private boolean isListOfScripts(Difference difference) {
        return changesScripts() && difference.isIn("spec", "volumes", SCRIPTS, "configMap", "items");
    }

    private boolean isOfAKey(Difference difference) {
        return Stream.of(
                        difference.isIn("spec", "*", "*", "image") ? Declaration.IMAGE : "",
                        isResource(difference, "cpu") ? Declaration.CPU : "",
                        isResource(difference, "memory") ? Declaration.MEMORY : "",
                        isArchivers(difference, "image") ? Declaration.BACKUP : "",
                        isArchivers(difference, "resources", "*", "cpu") ? Declaration.BACKUP_CPU : "",
                        isArchivers(difference, "resources", "*", "memory") ? Declaration.BACKUP_MEMORY : "",
                        difference.isIn("spec", "volumes", SHARED_MEMORY) ? Declaration.MEMORY : "",
                        isResource(difference, "hugepages-2Mi") ? Declaration.HUGE_PAGES : "",
                        difference.isIn("spec", "volumes", PASSWORDS, "secret", "secretName") ? Declaration.SECRET : "",
                        Stream.of("runAsUser", "runAsGroup", "fsGroup")
                                        .anyMatch(field -> difference.isIn("spec", "securityContext", field))
                                ? Declaration.USER
                                : "")
                .anyMatch(key -> !key.isEmpty()
                        && !SettingChange.isOwnSecret(key, before, after)
                        && difference.from().equals(declared(before, key))
                        && difference.to().equals(declared(after, key)));
    }

    private static Optional<String> declared(Declaration declaration, String key) {
        return Optional.ofNullable(declaration.pods().get(key)).filter(value -> !value.isEmpty());
    }

    private static boolean isResource(Difference difference, String resource) {
        return difference.isIn("spec", "*", "*", "resources", "*", resource);
    }

    private static boolean isArchivers(Difference difference, String... field) {
        return difference.isIn(
                Stream.concat(Stream.of("spec", "containers", Difference.element(Archive.CONTAINER)), Stream.of(field))
                        .toArray(String[]::new));
    }

    private static String digest(Optional<String> configMap) {
        return configMap
                .map(name -> name.substring(name.lastIndexOf('-') + 1))
                .filter(word -> word.matches("[0-9a-f]{10}"))
                .orElse("another version");
    }
}
