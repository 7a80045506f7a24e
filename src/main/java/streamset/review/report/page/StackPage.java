package streamset.review.report.page;

import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.cluster.ProgramVersion;
import streamset.review.report.StackReview;

/**
 * All that there is to know of one stack.
 *
 * @param base what it is compared with, as people name it; empty where it is shown as a first deployment
 * @param before the cluster as the base declared it, as far as anybody knows
 * @param after as its files declare it; empty when they cannot be used
 * @param hbaFile that has the author's lines of pg_hba.conf
 */
public record StackPage(
        Optional<String> base,
        StackReview review,
        Optional<ClusterSpec> before,
        Optional<ClusterSpec> after,
        String hbaFile) {

    /** One file that needs no other, and asks nobody for anything. */
    public String html() {
        var summary = new Summary(review, base, after);
        var chapters = Stream.concat(
                        Stream.of(PlanPart.of(review, base)), after.stream().flatMap(this::cluster))
                .filter(chapter -> !chapter.isEmpty())
                .toList();
        var links = Element.of("nav")
                .with("aria-label", "On this page")
                .holds(Chapter.list("ul", chapters.stream().map(Chapter::link)));
        return Document.of(
                review.stack() + ": " + summary.verdict(),
                Element.of("header").holds(Element.of("div", "page").holds(summary.html(), links)),
                Element.of("main", "page").holds(chapters.stream().map(Chapter::html)),
                Element.of("footer", "page").holds(Element.of("p").text(source())));
    }

    private Stream<Chapter> cluster(ClusterSpec spec) {
        return Stream.of(
                TopologyPart.of(before, spec),
                BudgetPart.of(spec),
                SettingsPart.of(spec, review.changes()),
                HbaPart.of(spec, hbaFile));
    }

    private String source() {
        return "Made from Pulumi." + review.stack() + ".yaml and its conf files by streamset " + ProgramVersion.TEXT
                + base.map(name -> ", compared with " + name).orElse("") + ".";
    }
}
