package streamset.review.report.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;

/** Who writes, who follows, and by which names clients reach them: a drawing made of lists, which is its own text. */
final class TopologyPart {
    private static final int DRAWN = 16; // pods of a list; more are counted

    private final Optional<ClusterSpec> before;
    private final ClusterSpec after;
    private final PodCard card;

    private TopologyPart(Optional<ClusterSpec> before, ClusterSpec after) {
        this.before = before;
        this.after = after;
        this.card = new PodCard(before, after);
    }

    /** @param before empty where nobody knows, or nothing was there */
    static Chapter of(Optional<ClusterSpec> before, ClusterSpec after) {
        var part = new TopologyPart(before, after);
        return new Chapter("topology", "Topology", Html.all(part.words(), part.drawing()));
    }

    private Html words() {
        return Element.of("p").text(new Replication(after).words());
    }

    private Html drawing() {
        return Element.of("div", "card topology")
                .holds(
                        column(list("Services", "plain", services())),
                        column(list("Primary", "plain", Stream.of(card.html(after.primary())))),
                        column(
                                pods("Standbys, which stream its WAL", "follow", standbys()),
                                pods("Pods that go", "plain", gone())));
    }

    private static Html column(Html... lists) {
        var all = Html.all(lists);
        return all.isEmpty() ? Html.NONE : Element.of("div").holds(all);
    }

    private static Html list(String title, String style, Stream<Html> nodes) {
        return Chapter.part(title, Element.of("ul", style).holds(nodes));
    }

    private Html pods(String title, String style, List<Integer> ordinals) {
        var drawn = ordinals.stream().limit(DRAWN).map(card::html);
        var more = ordinals.size() <= DRAWN ? Stream.<Html>empty() : Stream.of(more(ordinals));
        return ordinals.isEmpty() ? Html.NONE : list(title, style, Stream.concat(drawn, more));
    }

    private Html more(List<Integer> ordinals) {
        return Element.of("li", "node")
                .text("and " + (ordinals.size() - DRAWN) + " more, up to "
                        + after.names().pod(ordinals.get(ordinals.size() - 1)));
    }

    private Stream<Html> services() {
        var names = after.names();
        return Stream.of(
                service(names.primaryService(), "the declared primary, for everything that writes"),
                service(names.readService(), "every ready pod, for what only reads"),
                service(names.headlessService(), "headless: a DNS name for each pod"));
    }

    private static Html service(String name, String what) {
        return Element.of("li", "node")
                .holds(Element.of("code").text(name), Element.of("p").text(what));
    }

    private List<Integer> standbys() {
        return IntStream.range(0, after.config().replicas())
                .filter(ordinal -> ordinal != after.primary())
                .boxed()
                .toList();
    }

    private List<Integer> gone() {
        int replicasBefore = before.map(spec -> spec.config().replicas()).orElse(0);
        return IntStream.range(after.config().replicas(), replicasBefore)
                .boxed()
                .toList();
    }
}
