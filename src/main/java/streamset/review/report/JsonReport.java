package streamset.review.report;

import java.util.List;
import java.util.Locale;
import streamset.problems.Problem;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs; schema/review.schema.json describes it. */
public final class JsonReport {
    private static final int FORMAT = 1; // another one when a field goes or gets another meaning
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    public static String of(Review review) {
        var root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("base", review.base());
        root.put("refused", review.isRefused());
        root.put("stale", review.isStale());
        var stacks = root.putArray("stacks");
        review.stacks().forEach(stack -> stacks.add(stack(stack)));
        return JSON.writeValueAsString(root) + "\n";
    }

    private static ObjectNode stack(StackReview stack) {
        var node = JSON.createObjectNode();
        node.put("stack", stack.stack());
        node.put("verdict", stack.verdict().name().toLowerCase(Locale.ROOT));
        node.put("comparedWith", stack.comparedWith());
        node.put("pauseSeconds", stack.pauseSeconds());
        node.set("irreversible", strings(stack.irreversible()));
        node.setAll((ObjectNode) JSON.valueToTree(stack.changes()));
        var refusals = node.putArray("refusals");
        stack.refusals()
                .forEach(refusal -> refusals.add(problem(refusal.problem()).put("edit", refusal.edit())));
        var warnings = node.putArray("warnings");
        stack.warnings().forEach(warning -> warnings.add(problem(warning)));
        node.set("notJudged", strings(stack.notJudged()));
        node.put("staleSnapshot", stack.staleSnapshot());
        return node;
    }

    private static ObjectNode problem(Problem problem) {
        return JSON.valueToTree(problem);
    }

    private static ArrayNode strings(List<String> words) {
        return JSON.valueToTree(words);
    }
}
