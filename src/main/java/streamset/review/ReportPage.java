package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.conf.ConfFiles;
import streamset.conf.ConfSource;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.review.report.Review;
import streamset.review.report.page.StackPage;
import tools.jackson.core.JacksonException;

/**
 * Writes a page for a browser about a stack, or one about each; {@code tools/report.sh} calls it.
 *
 * <p>Arguments: {@code --base=FOLDER}, the project as it was, and {@code --base-name=NAME}, what people call it; without them the
 * pages show first deployments. {@code --stack=NAME}, else all; {@code --out=FILE} of one page, or {@code --folder=FOLDER} of
 * all, else {@code target}.
 */
public final class ReportPage {
    /** Exit codes. */
    private static final int NO_PAGE = 1;

    private static final int REFUSED = 2;

    private static final Path PROJECT = Path.of("");

    private ReportPage() {}

    /** Exit code 0: fine; 1: there is no page; 2: a stack is refused, as its page says. Paths are on standard output. */
    public static void main(String[] arguments) {
        var options = Options.of(arguments);
        try {
            var review = review(PROJECT, options);
            for (var page : pages(PROJECT, options, review).entrySet()) {
                write(file(page.getKey(), options), page.getValue());
            }
            System.exit(review.isRefused() ? REFUSED : 0);
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(NO_PAGE);
        }
    }

    private static Path file(String stack, Map<String, String> options) {
        var folder = Path.of(options.getOrDefault("folder", "target"));
        return Optional.ofNullable(options.get("out"))
                .map(Path::of)
                .orElse(folder.resolve("report-" + stack + ".html"));
    }

    private static void write(Path file, String page) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, page);
            System.out.println(file);
        } catch (IOException e) {
            var problems = new Problems();
            problems.add("OUT", file.toString(), "cannot be written: " + e.getMessage(), "OUT=<another file>");
            problems.throwIfAny();
        }
    }

    /**
     * The facts, as for the report on a change. Without a base they are compared with an empty folder.
     *
     * @throws BadInput when there is no such stack
     */
    static Review review(Path project, Map<String, String> options) {
        if (options.containsKey("base")) {
            return ReviewChange.of(project, options);
        }
        try {
            var nothing = Files.createTempDirectory("streamset-report");
            try {
                var all = new TreeMap<>(options);
                all.put("base", nothing.toString());
                all.put("base-name", "nothing");
                return ReviewChange.of(project, all);
            } finally {
                Folder.delete(nothing);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages by the names of their stacks. */
    static Map<String, String> pages(Path project, Map<String, String> options, Review review) {
        var base = Optional.ofNullable(options.get("base")).map(Path::of);
        var pages = new TreeMap<String, String>();
        for (var stack : review.stacks()) {
            var name = stack.stack();
            var page = new StackPage(
                    base.map(folder -> options.get("base-name")),
                    stack,
                    base.flatMap(folder -> spec(folder, name)),
                    spec(project, name),
                    hbaFile(project, name));
            pages.put(name, page.html());
        }
        return pages;
    }

    /** Empty when the files cannot be used, or are not there. */
    private static Optional<ClusterSpec> spec(Path project, String stack) {
        try {
            var problems = new Problems();
            var files = new StackFiles(project, stack);
            return Files.exists(project.resolve(files.config()))
                    ? Optional.of(Candidate.of(files.raw(problems), project, stack, problems)
                            .spec())
                    : Optional.empty();
        } catch (BadInput | JacksonException e) {
            return Optional.empty(); // the review says why
        }
    }

    private static String hbaFile(Path project, String stack) {
        var file = ConfSource.ofProject(project, stack).read(ConfFiles.PG_HBA_CONF, new Problems());
        var files = file.front().lines() == 0
                ? List.of(file.location())
                : List.of(file.front().location(), file.location());
        return String.join(", then ", files);
    }
}
