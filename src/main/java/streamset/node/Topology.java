package streamset.node;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamset.cluster.ClusterSpec;

/**
 * What the stack declares about its pods, in the form in which they read it: data, one line for each key. It is in a ConfigMap
 * and not in the pods' environment, because every change of the environment restarts the pods, and scaling must not.
 *
 * @param hosts the pods' DNS names, by ordinal
 * @param primary the ordinal of the declared primary
 * @param lost ordinals of pods that nobody waits for
 * @param keepDiverged whether a lost pod that returns keeps a copy of its old data
 * @param revision of both conf files
 * @param walKilobytes the size of the file system, in kB, that the WAL settings of this revision need
 * @param pod the digest of the pods that the conf files of this revision are made for
 * @param generation a later declaration has a greater one
 */
public record Topology(
        List<String> hosts,
        int primary,
        List<Integer> lost,
        boolean keepDiverged,
        String revision,
        long walKilobytes,
        String pod,
        long generation) {
    /** The key in the ConfigMap, and the file's name. */
    public static final String FILE = "topology";

    private static final long FIRST_GENERATION = 1;

    public Topology {
        hosts = List.copyOf(hosts);
        lost = List.copyOf(lost);
    }

    /**
     * Whether a role moves, by a handover, to a pod that restarts later: Kubernetes restarts pods from the highest ordinal down.
     *
     * @param lost ordinals of pods that are declared lost, which hand nothing over
     */
    public static boolean handsDown(int from, int to, List<Integer> lost) {
        return from > to && !lost.contains(from);
    }

    /**
     * The topology of a stack.
     *
     * @param pod the digest of its pods
     * @param deployed the previous topology, if it is known
     */
    public static Topology of(ClusterSpec spec, String pod, Optional<Topology> deployed) {
        var roles = spec.config().roles();
        var first = new Topology(
                spec.names().podHosts(spec.config().replicas()),
                roles.primary(),
                roles.lost(),
                roles.keepDiverged(),
                spec.files().revision(),
                spec.budgets().wal().smallestFileSystem().bytes() >> 10,
                pod,
                FIRST_GENERATION);
        return deployed.map(before -> first.ofGeneration(Math.max(
                        FIRST_GENERATION,
                        before.generation
                                + (first.ofGeneration(before.generation).equals(before) ? 0 : 1))))
                .orElse(first);
    }

    private Topology ofGeneration(long number) {
        return new Topology(hosts, primary, lost, keepDiverged, revision, walKilobytes, pod, number);
    }

    /** The text that the scripts read: exactly these keys in this order. The generation is last, so a truncated file has none. */
    public String text() {
        return "hosts=" + String.join(" ", hosts) + "\n" + roles() + "revision=" + revision + "\nwal_kilobytes="
                + walKilobytes + "\npod=" + pod + "\ngeneration=" + generation + "\n";
    }

    /** The lines that say who is primary and who is lost. */
    String roles() {
        var ordinals = lost.stream().map(String::valueOf).collect(Collectors.joining(" "));
        return "primary=" + primary + "\nlost=" + ordinals + "\nkeep_diverged=" + keepDiverged + "\n";
    }

    /** The DNS domain of the cluster: the end of all pods' names, after pod, Service, namespace and {@code svc}. */
    public Optional<String> clusterDomain() {
        return hosts.stream()
                .map(host -> host.split("\\.", 5))
                .filter(labels -> labels.length == 5)
                .map(labels -> labels[4])
                .findFirst();
    }

    /** @return empty when the text has another form, such as that of an older version of this program */
    public static Optional<Topology> parse(String text) {
        var lines = new Lines(text);
        try {
            return Optional.of(new Topology(
                    words(lines.value("hosts")),
                    Integer.parseInt(lines.value("primary")),
                    words(lines.value("lost")).stream().map(Integer::valueOf).toList(),
                    Boolean.parseBoolean(lines.value("keep_diverged")),
                    lines.value("revision"),
                    Long.parseLong(lines.value("wal_kilobytes")),
                    lines.value("pod"),
                    Long.parseLong(lines.value("generation"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private record Lines(String text) {
        String value(String key) {
            return Pattern.compile("(?m)^" + key + "=(.*)$")
                    .matcher(text)
                    .results()
                    .map(line -> line.group(1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no " + key));
        }
    }
}
