package streamset.review;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.config.Rule;
import streamset.policy.Breach;
import streamset.policy.Judgement;
import streamset.problems.BadInput;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Judges the rendered objects of stacks by the rules, as the policy pack judges those that the engine declares.
 *
 * <p>Arguments: the names of stacks.
 */
public final class Policy {
    private static final Path PROJECT = Path.of("");

    private Policy() {}

    /** Exit code 0: each stack follows or waives each rule; 2: one does not, or cannot be used; 1: the call is wrong. */
    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            System.err.println("usage: make -s policy [STACK=<stack>]");
            System.exit(1);
        }
        boolean fine = true;
        for (String stack : arguments) {
            var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
            try {
                var judgement = judge(PROJECT, stack, file);
                System.out.print(text(stack, judgement));
                fine &= judgement.broken().isEmpty();
            } catch (BadInput e) {
                System.err.print(Report.of(e, new StackFiles(PROJECT, stack)));
                fine = false;
            }
        }
        if (!fine) {
            System.exit(2);
        }
    }

    /**
     * Judges what a stack's files declare.
     *
     * @throws BadInput when they cannot be used
     */
    static Judgement judge(Path project, String stack, Path stackFile) {
        var problems = new Problems();
        var candidate = Candidate.of(StackFile.read(project, stackFile, problems), project, stack, problems);
        return Judgement.of(candidate.firstObjects(), candidate.spec().config().waivers());
    }

    static String text(String stack, Judgement judgement) {
        var waived = judgement.waived();
        long broken = judgement.broken().stream().map(Breach::rule).distinct().count();
        var head = stack + ": " + (Rule.values().length - waived.size() - broken) + " of " + Rule.values().length
                + " rules are followed, " + waived.size() + " waived, " + broken + " broken\n";
        var parts = new ArrayList<String>();
        waived.forEach((rule, reason) -> parts.add("waived  " + rule.key() + ": " + reason + "\n"));
        judgement.idle().forEach(rule -> parts.add("waived  " + rule.key() + ": without need, the stack follows it\n"));
        judgement.problems().map(Problem::text).forEach(text -> parts.add("\n" + text + "\n"));
        return Stream.concat(Stream.of(head), parts.stream()).collect(Collectors.joining());
    }
}
