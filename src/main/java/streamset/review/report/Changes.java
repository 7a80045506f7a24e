package streamset.review.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an update of one stack does.
 *
 * @param dangers what a second person should approve, each with its kind
 * @param settings that servers or pods run with
 * @param hba lines of pg_hba.conf that go ({@code - …}) and come ({@code + …})
 * @param steps in their order
 * @param synchronous what a loss of standbys means for writes, when that changes; else empty
 * @param replaced what is recreated, and what happens to the volumes; empty when no object differs
 * @param rules those that the stack waives, and those that it follows or breaks from now on
 */
public record Changes(
        List<String> dangers,
        List<Row.Setting> settings,
        List<String> hba,
        List<String> steps,
        String synchronous,
        String replaced,
        List<Row.Budget> budgets,
        List<Row.Resource> resources,
        List<Row.Place> objects,
        List<Row.Rule> rules) {
    /** Of a stack in which nothing changes, or of which nobody can tell. */
    public static final Changes NONE =
            new Changes(List.of(), List.of(), List.of(), List.of(), "", "", List.of(), List.of(), List.of(), List.of());

    public Changes {
        dangers = List.copyOf(dangers);
        settings = List.copyOf(settings);
        hba = List.copyOf(hba);
        steps = List.copyOf(steps);
        budgets = List.copyOf(budgets);
        resources = List.copyOf(resources);
        objects = List.copyOf(objects);
        rules = List.copyOf(rules);
    }

    /** The same with how the stack stands to the rules, and more dangers because of that. */
    public Changes with(List<Row.Rule> rows, List<String> more) {
        return new Changes(
                Stream.concat(dangers.stream(), more.stream()).toList(),
                settings,
                hba,
                steps,
                synchronous,
                replaced,
                budgets,
                resources,
                objects,
                rows);
    }
}
