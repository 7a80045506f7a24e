package streamset.features.metrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Exporter;
import streamset.features.Exporter.Rules;
import streamset.features.Feature;
import streamset.features.Field;
import streamset.features.LabelSyntax;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.Peer;
import streamset.features.PeerFields;
import streamset.features.Peers;
import streamset.features.PodAddition;
import streamset.pod.PodMount;
import streamset.pod.PodVolume;
import streamset.units.ByteSize;

/** {@code streamset:metrics}: an exporter beside each server, for Prometheus; none by default. */
public final class Metrics implements Feature {
    private static final String ENABLED = "enabled";
    private static final String IMAGE = "image";
    private static final String PORT = ParameterName.PORT.toString(); // the word is one of PostgreSQL's too
    private static final String RULES = "rules";
    private static final String LABELS = "labels";
    private static final String DASHBOARD = "dashboard";
    private static final String CLIENTS = "clients";

    /** The project's own, for all architectures. */
    static final String DEFAULT_IMAGE = "quay.io/prometheuscommunity/postgres-exporter:v0.19.1";

    private static final int DEFAULT_PORT = 9187; // the exporter's own, registered with the Prometheus project
    private static final int LEAST_PORT = 1024; // below it a process needs privileges
    private static final int MOST_PORT = 65535;

    /** PostgreSQL, the server that tries a certificate, Patroni. */
    private static final Set<Integer> TAKEN = Set.of(5432, 5433, 8008);

    private static final ByteSize PASSWORD = ByteSize.ofMegabytes(1); // a volume of less is rounded up to a page

    @Override
    public Parts read(Section keys, StackConfig config) {
        var metrics = keys.object("metrics");
        boolean enabled = metrics.value(ENABLED, StackConfig::bool, false, "true");
        var image = metrics.value(IMAGE, Image::reference, DEFAULT_IMAGE, DEFAULT_IMAGE);
        int port = metrics.value(PORT, Metrics::port, DEFAULT_PORT, Integer.toString(DEFAULT_PORT));
        var rules = metrics.value(RULES, Metrics::rules, Rules.CONFIG_MAP, Rules.CONFIG_MAP.word());
        var labels = LabelSyntax.labels(metrics.object(LABELS));
        boolean dashboard = metrics.value(DASHBOARD, StackConfig::bool, true, "true");
        var clients = PeerFields.all(metrics.objects(CLIENTS));
        if (!enabled) {
            refuseWithoutExporter(metrics);
            return Parts.NONE;
        }
        warnOfClients(keys, metrics, clients);
        return Parts.of(
                new Exporter(image, port, rules, labels, dashboard, clients), new Part.OfServers(addition(config)));
    }

    private static int port(String text) {
        int port = Field.number(LEAST_PORT, MOST_PORT).apply(text);
        if (TAKEN.contains(port)) {
            throw new IllegalArgumentException("is a port of PostgreSQL or Patroni in the same pod");
        }
        return port;
    }

    private static Rules rules(String text) {
        var known = Stream.of(Rules.values()).collect(Collectors.toMap(Rules::word, rules -> rules));
        return known.get(Field.oneOf(known.keySet()).apply(text));
    }

    /** Whoever writes {@code enabled: false} keeps the rest for later. */
    private static void refuseWithoutExporter(Section metrics) {
        if (!metrics.names().isEmpty() && !metrics.has(ENABLED)) {
            metrics.problem(
                    ENABLED,
                    Section.NOT_SET,
                    "without it there are no metrics, and nothing else here has an effect",
                    metrics.setCommand(ENABLED, "true"));
        }
    }

    private static void warnOfClients(Section keys, Section metrics, List<Peer> clients) {
        boolean restricted = keys.has(Peers.KEY) && !keys.objects(Peers.KEY).isEmpty();
        if (restricted && clients.isEmpty() && !metrics.isFaulty(CLIENTS)) {
            metrics.warn(
                    CLIENTS,
                    Section.NOT_SET,
                    "only streamset:clients reach the pods, and so a Prometheus that is none of them reads no metrics",
                    metrics.setInner(CLIENTS + "[0].podSelector.matchLabels", "<label>", "<value>"));
        } else if (!restricted && !clients.isEmpty()) {
            metrics.warn(
                    CLIENTS,
                    "set without streamset:clients",
                    "has no effect: without streamset:clients everybody reaches the pods",
                    metrics.removeCommand(CLIENTS));
        }
    }

    private static PodAddition addition(StackConfig config) {
        return new PodAddition(
                List.of(
                        // in memory: a password needs no place on a disk
                        new PodVolume.Empty(Exporter.PASSWORD_VOLUME, true, PASSWORD),
                        new PodVolume.OfConfigMap(
                                Exporter.FILES_VOLUME, config.names().metrics(), Map.of())),
                List.of(PodMount.writable(Exporter.PASSWORD_VOLUME, Exporter.PASSWORD_MOUNT)),
                Map.of(Exporter.PASSWORD_VARIABLE, Exporter.PASSWORD));
    }
}
