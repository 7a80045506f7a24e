package streamset.review;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.config.RawConfig;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.plan.Plan;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.problems.Problems;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A stack as its files declare it, before anything is made of it.
 *
 * @param place where it is to be, as far as its files tell
 */
record Candidate(Place place, ClusterSpec spec) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * Reads a stack.
     *
     * @param problems gets everything that is wrong with it, and warnings
     * @throws streamset.problems.BadInput when it cannot be used
     */
    static Candidate of(RawConfig raw, Path project, String stack, Problems problems) {
        problems.throwIfAny();
        var place = Place.of(Target.from(raw, problems));
        var spec = ClusterSpec.of(raw, project, stack, problems);
        problems.throwIfAny();
        return new Candidate(place, spec);
    }

    /** What it comes to on a first deployment. */
    List<JsonNode> firstObjects() {
        return ClusterObjects.of(spec, place, DeployedNodes.NONE).json();
    }

    /** What it comes to where other objects are there. */
    WantedObjects wanted(DeployedObjects deployed) {
        var objects = ClusterObjects.of(spec, known(deployed), DeployedNodes.of(deployed.objects()));
        return WantedObjects.of(objects.json(), spec);
    }

    /**
     * What an update does.
     *
     * @param problems gets what is refused
     * @return empty when nothing is there yet
     * @throws streamset.problems.BadInput when the change is refused
     */
    Optional<Plan> plan(DeployedObjects deployed, Problems problems) {
        return plan(deployed, wanted(deployed), problems);
    }

    /** The same with what it comes to there, for who needs that too. */
    Optional<Plan> plan(DeployedObjects deployed, WantedObjects wanted, Problems problems) {
        var plan = Plan.of(deployed, wanted, problems);
        problems.throwIfAny();
        plan.ifPresent(changes -> changes.checkAgainstCluster(known(deployed), Optional.empty(), problems));
        problems.throwIfAny();
        return plan;
    }

    private Place known(DeployedObjects deployed) {
        return place.remembering(deployed.place());
    }

    /** The objects in a YAML stream; none when it is no such stream. */
    static List<JsonNode> objects(String manifests) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifests)) {
            return documents.readAll();
        } catch (JacksonException e) {
            return List.of();
        }
    }
}
