package streamset.review.report.page;

import java.util.stream.Stream;

/**
 * The beginning of an element.
 *
 * @param attributes as they stand in the markup
 */
record Element(String name, String attributes) {
    static Element of(String name) {
        return new Element(name, "");
    }

    /** @param style one or more classes of the style sheet */
    static Element of(String name, String style) {
        return of(name).with("class", style);
    }

    Element with(String attribute, String value) {
        return new Element(name, attributes + " " + attribute + "=\"" + Html.text(value) + "\"");
    }

    Html text(String text) {
        return holds(Html.text(text));
    }

    Html holds(Html... parts) {
        return holds(Stream.of(parts));
    }

    Html holds(Stream<Html> parts) {
        return Html.ofElement("<" + name + attributes + ">" + Html.all(parts) + "</" + name + ">");
    }

    /** An element that never holds anything, and has no end. */
    Html alone() {
        return Html.ofElement("<" + name + attributes + ">");
    }
}
