package streamset.review.report.page;

import java.util.List;
import java.util.Locale;

/** A bar of several parts, one after the other. */
final class Bar {
    /** Of the whole bar, in the units of the drawing. */
    static final double LENGTH = 1000;

    private static final double GAP = 2;
    private static final double LEAST = 1.5; // still visible

    private double end;

    /** The next part. */
    Html add(String style, double length) {
        double begin = end;
        end = Math.min(LENGTH, begin + length);
        return Element.of("rect", style)
                .with("x", number(begin))
                .with("width", number(Math.max(LEAST, end - begin - GAP)))
                .with("height", "1")
                .text("");
    }

    /** @param words the same for those who do not see it */
    static Html of(String words, List<Html> parts) {
        return Element.of("svg", "bar")
                .with("viewBox", "0 0 " + number(LENGTH) + " 1")
                .with("preserveAspectRatio", "none")
                .with("role", "img")
                .with("aria-label", words)
                .holds(parts.stream());
    }

    private static String number(double units) {
        return String.format(Locale.ROOT, "%.1f", units);
    }
}
