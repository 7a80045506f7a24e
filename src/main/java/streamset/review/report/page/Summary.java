package streamset.review.report.page;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.review.report.StackReview;
import streamset.review.report.Verdict;

/**
 * What a reader sees first.
 *
 * @param base what the stack is compared with; empty where nothing is
 * @param after the stack as its files declare it; empty when they cannot be used
 */
record Summary(StackReview review, Optional<String> base, Optional<ClusterSpec> after) {
    /** The verdict in a word. */
    String verdict() {
        return isFirst() ? "first deployment" : review.verdictWords();
    }

    private boolean isFirst() {
        return base.isEmpty() && review.verdict() == Verdict.NOT_JUDGED;
    }

    Html html() {
        return Html.all(
                Element.of("p", "kind").text("streamset stack"),
                Element.of("h1").text(review.stack()),
                Element.of("p", "verdict " + tone()).text(verdict()),
                base.isPresent() ? facts(comparison()) : Html.NONE,
                after.map(spec -> facts(cluster(spec))).orElse(Html.NONE));
    }

    private static Html facts(Stream<Html> facts) {
        return Element.of("dl", "facts").holds(facts);
    }

    private String tone() {
        return switch (review.verdict()) {
            case REFUSED -> "bad";
            case SECOND_APPROVAL -> "careful";
            case NOT_JUDGED -> isFirst() ? "plain" : "careful";
            default -> review.isStale() ? "bad" : review.verdict() == Verdict.NOTHING ? "good" : "plain";
        };
    }

    private static Stream<Html> cluster(ClusterSpec spec) {
        var config = spec.config();
        int standbys = config.replicas() - 1;
        var volumes = spec.claims().stream()
                .map(claim -> claim.volume().size().quantity() + " for "
                        + claim.kind().content())
                .collect(Collectors.joining(", "));
        return Stream.of(
                fact("PostgreSQL", Integer.toString(config.version())),
                fact("Namespace", config.names().namespace()),
                fact("Pods", "a primary" + (standbys == 0 ? " alone" : " and " + standbys + " standbys")),
                fact(
                        "Each pod",
                        config.resources().cpu().quantity() + " CPU, "
                                + config.resources().memory().quantity() + " of memory"
                                + spec.hugePages()
                                        .map(pages -> ", " + pages.quantity() + " of huge pages")
                                        .orElse("")),
                fact("Volumes of each", volumes));
    }

    private Stream<Html> comparison() {
        var irreversible = String.join("; ", review.irreversible());
        return Stream.of(
                fact("Compared with", review.comparedWith()),
                fact("Writes pause", review.pauseWords()),
                irreversible.isEmpty() ? Html.NONE : fact("Cannot be undone", irreversible));
    }

    private static Html fact(String name, String value) {
        return Element.of("div")
                .holds(Element.of("dt").text(name), Element.of("dd").text(value));
    }
}
