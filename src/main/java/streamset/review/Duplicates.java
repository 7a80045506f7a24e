package streamset.review;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Fields that occur twice in an object. The names are compared as text, as the engine does, so two merge keys are refused
 * too.
 */
final class Duplicates {
    private final FileProblems problems;
    private final Set<MappingNode> checked = Collections.newSetFromMap(new IdentityHashMap<>());

    Duplicates(FileProblems problems) {
        this.problems = problems;
    }

    /** Refuses the duplicates in one object, once, however often it is read. */
    void refuseIn(MappingNode mapping) {
        if (!checked.add(mapping)) {
            return;
        }
        var lines = new HashMap<String, Integer>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                int line = FileProblems.line(key);
                var first = lines.putIfAbsent(key.getValue(), line);
                if (first != null) {
                    problems.add(
                            line,
                            key.getValue(),
                            "occurs twice, first in line " + first,
                            key.getValue().equals(EngineYaml.MERGE)
                                    ? "merge both at once: <<: [*one, *other]"
                                    : "delete one of the two lines");
                }
            }
        }
    }
}
