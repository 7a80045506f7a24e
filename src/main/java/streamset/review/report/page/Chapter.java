package streamset.review.report.page;

import java.util.stream.Stream;

/**
 * A part of the page with a heading, and with a link to it at the top.
 *
 * @param id of the element
 */
record Chapter(String id, String title, Html content) {
    Html html() {
        var heading = id + "-title";
        return Element.of("section")
                .with("id", id)
                .with("aria-labelledby", heading)
                .holds(Element.of("h2").with("id", heading).text(title), content);
    }

    Html link() {
        return Element.of("a").with("href", "#" + id).text(title);
    }

    boolean isEmpty() {
        return content.isEmpty();
    }

    /** A heading with what it is about; nothing when there is nothing. */
    static Html part(String title, Html content) {
        return content.isEmpty() ? Html.NONE : Html.all(Element.of("h3").text(title), content);
    }

    /** Nothing when there are no lines. */
    static Html list(String element, Stream<Html> items) {
        var lines = Html.all(items.map(item -> Element.of("li").holds(item)));
        return lines.isEmpty() ? Html.NONE : Element.of(element).holds(lines);
    }
}
