package streamset.plan.reading;

import java.util.List;
import streamset.node.Agent;
import tools.jackson.databind.JsonNode;

/**
 * All objects that a stack declares.
 *
 * @param agent what runs in its pods
 * @param declaration what the objects mean
 */
public record WantedObjects(List<JsonNode> objects, Agent agent, Declaration declaration) {
    public WantedObjects {
        objects = List.copyOf(objects);
    }

    /** Reads them. */
    public static WantedObjects of(List<JsonNode> objects, Agent agent) {
        return new WantedObjects(objects, agent, ObjectReader.wanted(objects, agent));
    }
}
