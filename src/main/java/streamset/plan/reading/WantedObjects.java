package streamset.plan.reading;

import java.util.List;
import streamset.cluster.ClusterSpec;
import streamset.features.Features;
import streamset.node.Agent;
import tools.jackson.databind.JsonNode;

/**
 * All objects that a stack declares.
 *
 * @param agent what runs in its pods
 * @param features the features of the stack
 * @param declaration what the objects mean
 */
public record WantedObjects(List<JsonNode> objects, Agent agent, Features features, Declaration declaration) {
    public WantedObjects {
        objects = List.copyOf(objects);
    }

    /** Reads the objects of a cluster. */
    public static WantedObjects of(List<JsonNode> objects, ClusterSpec spec) {
        var agent = Agent.of(spec);
        var features = spec.features();
        return new WantedObjects(objects, agent, features, ObjectReader.wanted(objects, agent, features));
    }
}
