package streamset.plan.reading;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import streamset.cluster.Place;
import streamset.conf.ConfFiles;
import streamset.config.Names;
import streamset.features.DeclaredDatabase;
import streamset.features.DeclaredDatabases;
import streamset.features.Features;
import streamset.node.Agent;
import streamset.node.DeployedNodes;
import streamset.node.Labels;
import streamset.node.PgBackRestFile;
import streamset.node.Topology;
import streamset.objects.KubernetesObjects;
import streamset.patroni.DynamicConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what Kubernetes objects mean, wanted or deployed ones. Whatever deployed objects do not show, or would show if they
 * existed, counts as wanted: it will be created, and is no change.
 */
final class ObjectReader {
    private static final String STATEFUL_SET = "StatefulSet";
    private static final JsonNode MISSING = MissingNode.getInstance();

    private final KubernetesObjects objects;
    private final Agent agent;
    private final Features features;
    private final Optional<Declaration> wanted; // empty when these are the wanted ones
    private final boolean tellsNamespace;
    private final boolean ofTheCluster; // otherwise from the engine's state or a file

    private ObjectReader(
            List<JsonNode> whole,
            Agent agent,
            Features features,
            Optional<Declaration> wanted,
            boolean tellsNamespace,
            boolean ofTheCluster) {
        this.objects = KubernetesObjects.of(whole);
        this.agent = agent;
        this.features = features;
        this.wanted = wanted;
        this.tellsNamespace = tellsNamespace;
        this.ofTheCluster = ofTheCluster;
    }

    static Declaration wanted(List<JsonNode> objects, Agent agent, Features features) {
        var reader = new ObjectReader(objects, agent, features, Optional.empty(), true, false);
        return reader.declaration(reader.anchor().orElseThrow());
    }

    static Optional<Declaration> deployed(DeployedObjects deployed, WantedObjects wanted) {
        var reader = new ObjectReader(
                deployed.objects(),
                wanted.agent(),
                wanted.features(),
                Optional.of(wanted.declaration()),
                deployed.lists("Namespace"),
                deployed.isOfTheCluster());
        return reader.anchor().map(reader::declaration);
    }

    /** The object without which there are neither pods nor data. */
    private Optional<JsonNode> anchor() {
        return Stream.of(STATEFUL_SET, ClaimReader.KIND)
                .flatMap(objects::ofKind)
                .findFirst();
    }

    private Declaration declaration(JsonNode anchor) {
        var labels = KubernetesObjects.texts(anchor, "/metadata/labels");
        var topology = DeployedNodes.of(objects.all()).topology();
        var names = new Names(
                Optional.ofNullable(labels.get(Labels.INSTANCE))
                        .orElseGet(() -> wanted().names().prefix()),
                KubernetesObjects.text(anchor, "/metadata/namespace")
                        .orElseGet(() -> wanted().names().namespace()),
                topology.flatMap(Topology::clusterDomain)
                        .orElseGet(() -> wanted().names().clusterDomain()));
        var set = objects.find(STATEFUL_SET, names.statefulSet());
        var template =
                new TemplateReader(set.map(one -> one.at("/spec/template")).orElse(MISSING));
        var image = image(template);
        int declaredPrimary = topology.map(Topology::primary).orElseGet(() -> wanted().primary());
        var claimReader = new ClaimReader(names, features.volumes(), ofTheCluster);
        var claims = claimReader.claims(objects);
        return new Declaration(
                names,
                set.map(ObjectReader::place).orElse(Place.UNKNOWN),
                Optional.ofNullable(labels.get(Labels.MAJOR_VERSION))
                        .flatMap(TemplateReader::number)
                        .or(() -> image.flatMap(TemplateReader::majorInTag))
                        .orElseGet(() -> wanted().version()),
                pods(template, image),
                set.flatMap(one -> KubernetesObjects.text(one, "/spec/replicas"))
                        .flatMap(TemplateReader::number)
                        .or(() -> topology.map(one -> one.hosts().size()).filter(pods -> pods > 0))
                        .orElseGet(() -> wanted().replicas()),
                objects.find("Service", names.primaryService())
                        .flatMap(one -> agent.primaryOf(KubernetesObjects.texts(one, "/spec/selector")))
                        .or(() -> leader(names))
                        .orElse(declaredPrimary),
                declaredPrimary,
                set.isPresent() ? patroni(template, names) : wanted().patroni(),
                topology.map(Topology::lost).orElseGet(() -> wanted().lost()),
                topology.map(Topology::keepDiverged).orElseGet(() -> wanted().keepDiverged()),
                template.segmentSize().orElseGet(() -> wanted().segmentSize()),
                claimReader.volumes(
                        claims,
                        set.orElse(MISSING),
                        wanted.map(Declaration::volumes).orElse(List.of())),
                claims,
                keeping(),
                file(names, ConfFiles.POSTGRESQL_CONF).orElseGet(() -> wanted().postgresqlConf()),
                file(names, ConfFiles.PG_HBA_CONF).orElseGet(() -> wanted().pgHbaConf()),
                objects.ofKind("Job").flatMap(ObjectReader::databases).toList(),
                set.isPresent() ? archive(names) : wanted().archive(),
                set.isPresent());
    }

    /** Those that a Job makes; no other Job has the variable. */
    private static Stream<DeclaredDatabase> databases(JsonNode job) {
        return job.at("/spec/template/spec/containers/0/env")
                .valueStream()
                .filter(variable ->
                        KubernetesObjects.text(variable, "/name").equals(Optional.of(DeclaredDatabases.VARIABLE)))
                .flatMap(variable -> KubernetesObjects.text(variable, "/value").stream())
                .flatMap(text -> DeclaredDatabases.parse(text.replace("$$", "$")).stream());
    }

    private Optional<String> archive(Names names) {
        return objects.find("ConfigMap", names.backup())
                .map(map -> map.path("data").path(PgBackRestFile.NAME).asString(""))
                .flatMap(PgBackRestFile::place);
    }

    /** Who led when the objects were read. */
    private Optional<Integer> leader(Names names) {
        return objects.find("ConfigMap", names.patroniState(DynamicConfiguration.LEADER))
                .map(map -> KubernetesObjects.texts(map, "/metadata/annotations"))
                .map(annotations -> annotations.get(DynamicConfiguration.LEADER))
                .flatMap(names::ordinal);
    }

    private Optional<String> patroni(TemplateReader template, Names names) {
        return Optional.of(template)
                .filter(TemplateReader::isAutomatic)
                .map(one -> objects.find("ConfigMap", names.patroniState(DynamicConfiguration.ANNOTATION))
                        .map(map -> KubernetesObjects.texts(map, "/metadata/annotations"))
                        .map(annotations -> annotations.get(DynamicConfiguration.ANNOTATION))
                        .orElse("{}"));
    }

    private Declaration wanted() {
        return wanted.orElseThrow();
    }

    /** The cluster that the annotations of a StatefulSet name. */
    static Place place(JsonNode set) {
        var annotations = KubernetesObjects.texts(set, "/metadata/annotations");
        return new Place(
                Optional.ofNullable(annotations.get(Labels.CONTEXT)),
                Optional.ofNullable(annotations.get(Labels.CLUSTER)));
    }

    private Optional<String> image(TemplateReader template) {
        return template.image()
                .or(() -> objects.ofKind("Job")
                        .flatMap(job -> KubernetesObjects.text(job, "/spec/template/spec/containers/0/image").stream())
                        .findFirst());
    }

    private TreeMap<String, String> pods(TemplateReader template, Optional<String> image) {
        var pods = new TreeMap<String, String>();
        wanted.map(Declaration::pods).ifPresent(pods::putAll);
        image.ifPresent(reference -> pods.put(Declaration.IMAGE, reference));
        pods.putAll(template.pods());
        return pods;
    }

    private Keeping keeping() {
        var volumes = ClaimReader.kept(objects.ofKind(ClaimReader.KIND));
        if (!tellsNamespace) {
            var same = wanted().keeping();
            return new Keeping(volumes, same.declaresNamespace(), same.namespace());
        }
        return new Keeping(
                volumes,
                objects.ofKind("Namespace").findFirst().isPresent(),
                ClaimReader.kept(objects.ofKind("Namespace")));
    }

    private Optional<String> file(Names names, String file) {
        return objects.find("ConfigMap", names.configMap())
                .map(map -> map.path("data").path(file))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }
}
