package streamset.review;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.review.report.JsonReport;
import streamset.review.report.MarkdownReport;
import streamset.review.report.Review;
import streamset.review.report.TextReport;

/**
 * Reports what a change of the repository does to every stack; {@code tools/review.sh} calls it.
 *
 * <p>Arguments: {@code --base=FOLDER}, the project as it was; {@code --base-name=NAME}, what people call it; {@code
 * --format=text|md|json}; and any of {@code --stack=NAME} (else all), {@code --states=FOLDER}, the states of stacks, and {@code
 * --colours}.
 */
public final class ReviewChange {
    /** Exit codes. */
    private static final int STALE = 1;

    private static final int NO_REPORT = 1;

    private static final int REFUSED = 2;

    private static final Path PROJECT = Path.of("");

    private ReviewChange() {}

    /** Exit code 0: fine; 1: reviewed objects are stale, or there is no report; 2: a stack is refused. The report is on standard output. */
    public static void main(String[] arguments) {
        var options = Options.of(arguments);
        try {
            var review = of(PROJECT, options);
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(text(review, options));
            System.exit(review.isRefused() ? REFUSED : review.isStale() ? STALE : 0);
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(NO_REPORT);
        }
    }

    /** @throws BadInput when there is no such stack */
    static Review of(Path project, Map<String, String> options) {
        var base = Path.of(options.get("base"));
        var states = Optional.ofNullable(options.get("states")).map(Path::of);
        var stacks = wanted(Optional.ofNullable(options.get("stack")), stacks(project, base), project);
        var neighbours = new Neighbours(project);
        return new Review(
                options.get("base-name"),
                stacks.parallelStream()
                        .map(stack -> neighbours.judged(
                                new StackReviewer(project, base, options.get("base-name"), states, stack).review()))
                        .toList());
    }

    private static List<String> wanted(Optional<String> one, List<String> all, Path project) {
        one.filter(stack -> !all.contains(stack)).ifPresent(stack -> {
            var problems = new Problems();
            new StackFiles(project, stack).isThere("STACK", problems);
            problems.throwIfAny();
        });
        return one.map(List::of).orElse(all);
    }

    private static String text(Review review, Map<String, String> options) {
        return switch (options.get("format")) {
            case "md" -> MarkdownReport.of(review);
            case "json" -> JsonReport.of(review);
            default -> TextReport.of(review, options.containsKey("colours"));
        };
    }

    /** Those that are, and those that were. */
    private static List<String> stacks(Path... projects) {
        return Stream.of(projects)
                .flatMap(project -> StackFiles.stacks(project).stream())
                .distinct()
                .toList();
    }
}
