package streamset.plan;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.config.Names;
import streamset.node.DeployedNodes;
import streamset.node.Topology;
import streamset.objects.KubernetesObjects;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/**
 * What Kubernetes objects declare, read back from them. What an object does not tell, or would tell that is not there,
 * counts as wanted: it is made, and does not change.
 */
public final class DeployedObjects {
    private static final String STATEFUL_SET = "StatefulSet";
    private static final String CLAIM = "PersistentVolumeClaim";
    private static final Pattern ORDINAL = Pattern.compile("-(\\d+)$");
    private static final Pattern MAJOR_IN_TAG = Pattern.compile("^[^@]*:(\\d+)[^/:@]*(?:@.*)?$");

    private final KubernetesObjects objects;
    private final Declaration wanted;

    private DeployedObjects(KubernetesObjects objects, Declaration wanted) {
        this.objects = objects;
        this.wanted = wanted;
    }

    /**
     * @param objects of one stack, in no particular order; others among them do not matter
     * @return empty when there is neither a StatefulSet nor a volume, so that nothing is there to be changed
     */
    public static Optional<Declaration> read(List<JsonNode> objects, Declaration wanted) {
        var list = KubernetesObjects.of(objects);
        return Stream.of(STATEFUL_SET, CLAIM)
                .flatMap(list::ofKind)
                .findFirst()
                .map(anchor -> new DeployedObjects(list, wanted).declaration(anchor));
    }

    private Declaration declaration(JsonNode anchor) {
        var names = new Names(
                KubernetesObjects.text(anchor, "/metadata/labels/app.kubernetes.io~1instance")
                        .orElse(wanted.names().prefix()),
                KubernetesObjects.text(anchor, "/metadata/namespace")
                        .orElse(wanted.names().namespace()),
                wanted.names().clusterDomain());
        var topology = DeployedNodes.of(objects.all()).topology();
        var set = objects.get(STATEFUL_SET, names.statefulSet());
        var image = KubernetesObjects.text(set, "/spec/template/spec/containers/0/image")
                .or(this::imageOfAJob);
        int appointed = topology.map(Topology::primary).orElse(wanted.primary());
        return new Declaration(
                new Names(
                        names.prefix(),
                        names.namespace(),
                        topology.flatMap(Topology::clusterDomain).orElse(names.clusterDomain())),
                image.flatMap(reference -> found(MAJOR_IN_TAG, reference))
                        .map(Integer::valueOf)
                        .orElse(wanted.version()),
                pods(set, image),
                KubernetesObjects.text(set, "/spec/replicas")
                        .map(Integer::valueOf)
                        .orElseGet(wanted::replicas),
                primaryOf(objects.get("Service", names.primaryService())).orElse(appointed),
                appointed,
                topology.map(Topology::lost).orElseGet(wanted::lost),
                segmentSize(set),
                volume(set, "data", names).orElseGet(wanted::data),
                volume(set, "wal", names),
                KubernetesObjects.text(set, "/spec/template/metadata/annotations/streamset~1restart")
                        .orElseGet(wanted::restart),
                file(names.configMap(), "postgresql.conf").orElseGet(wanted::postgresqlConf),
                file(names.configMap(), "pg_hba.conf").orElseGet(wanted::pgHbaConf),
                objects.missing());
    }

    private TreeMap<String, String> pods(JsonNode set, Optional<String> image) {
        var pods = new TreeMap<>(wanted.pods());
        image.ifPresent(reference -> pods.put(Declaration.IMAGE, reference));
        var limits = "/spec/template/spec/containers/0/resources/limits/";
        KubernetesObjects.text(set, limits + "cpu").ifPresent(cpu -> pods.put(Declaration.CPU, cpu));
        KubernetesObjects.text(set, limits + "memory").ifPresent(memory -> pods.put(Declaration.MEMORY, memory));
        set.at("/spec/template/spec/volumes")
                .valueStream()
                .flatMap(volume -> KubernetesObjects.text(volume, "/secret/secretName").stream())
                .forEach(name -> pods.put(Declaration.SECRET, name));
        return pods;
    }

    private Optional<String> imageOfAJob() {
        return objects.ofKind("Job")
                .flatMap(job -> KubernetesObjects.text(job, "/spec/template/spec/containers/0/image").stream())
                .findFirst();
    }

    /** Of the Service that leads to it: it changes when a hand over has ended. */
    private static Optional<Integer> primaryOf(JsonNode service) {
        return KubernetesObjects.text(service, "/spec/selector/statefulset.kubernetes.io~1pod-name")
                .flatMap(pod -> found(ORDINAL, pod))
                .map(Integer::valueOf);
    }

    private ByteSize segmentSize(JsonNode set) {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> set.at("/spec/template/spec/" + kind).valueStream())
                .flatMap(container -> container.path("env").valueStream())
                .filter(variable ->
                        KubernetesObjects.text(variable, "/name").equals(Optional.of("WAL_SEGMENT_MEGABYTES")))
                .flatMap(variable -> KubernetesObjects.text(variable, "/value").stream())
                .findFirst()
                .map(megabytes -> ByteSize.ofMegabytes(Long.parseLong(megabytes)))
                .orElseGet(wanted::segmentSize);
    }

    private Optional<Volume> volume(JsonNode set, String name, Names names) {
        return objects.find(CLAIM, names.claim(name, 0))
                .flatMap(claim -> KubernetesObjects.text(claim, "/spec/resources/requests/storage"))
                .map(size -> new Volume(ByteSize.parseQuantity(size), className(set, name)));
    }

    /** From the StatefulSet's template: in the claim the server puts the default class where none was declared. */
    private Optional<String> className(JsonNode set, String volume) {
        if (set.isMissingNode()) {
            var same = volume.equals("wal") ? wanted.wal() : Optional.of(wanted.data());
            return same.flatMap(Volume::className);
        }
        return set.at("/spec/volumeClaimTemplates")
                .valueStream()
                .filter(template ->
                        KubernetesObjects.text(template, "/metadata/name").equals(Optional.of(volume)))
                .flatMap(template -> KubernetesObjects.text(template, "/spec/storageClassName").stream())
                .findFirst();
    }

    private Optional<String> file(String configMap, String name) {
        return Optional.ofNullable(
                        objects.get("ConfigMap", configMap).path("data").get(name))
                .map(JsonNode::asString);
    }

    private static Optional<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).findFirst();
    }
}
