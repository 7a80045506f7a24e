package streamset.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.objects.KubernetesObjects;
import tools.jackson.databind.JsonNode;

/**
 * What is known about the deployed pods.
 *
 * @param topology the last one that was declared to them; empty when that is not known
 * @param exist whether there are any, which an update would change
 * @param automatic whether they decide by themselves who is primary
 * @param passwords the name of the Secret with the passwords that they mount
 */
public record DeployedNodes(Optional<Topology> topology, boolean exist, boolean automatic, Optional<String> passwords) {
    /** Nothing is deployed, or nothing is known. */
    public static final DeployedNodes NONE = new DeployedNodes(Optional.empty(), false, false, Optional.empty());

    /** @param objects of one stack */
    public static DeployedNodes of(List<JsonNode> objects) {
        var all = KubernetesObjects.of(objects);
        var set = all.ofKind("StatefulSet").findFirst();
        return new DeployedNodes(
                topology(all),
                set.isPresent(),
                set.filter(one -> Labels.AUTOMATIC.equals(KubernetesObjects.texts(one, "/metadata/annotations")
                                .get(Labels.FAILOVER)))
                        .isPresent(),
                set.flatMap(DeployedNodes::passwords));
    }

    private static Optional<String> passwords(JsonNode set) {
        return set.at("/spec/template/spec/volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString("").equals(PasswordsVolume.NAME))
                .flatMap(volume -> KubernetesObjects.text(volume, "/secret/secretName").stream())
                .findFirst();
    }

    private static Optional<Topology> topology(KubernetesObjects objects) {
        return Stream.concat(
                        topologies(objects, Topology.FILE).map(Topology::parse),
                        topologies(objects, FormerTopology.FILE).map(FormerTopology::parse))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<String> topologies(KubernetesObjects objects, String key) {
        return objects.ofKind("ConfigMap")
                .map(map -> map.path("data").path(key))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }
}
