package streamset.review.report.page;

import java.util.stream.Stream;

/** Lines that go and come. */
final class Diff {
    private static final int BYTES = 12_000;

    private Diff() {}

    /** @param text each line begins with what becomes of it: {@code +}, {@code -} or something else; nothing when it is empty */
    static Html of(String text) {
        return text.isEmpty() ? Html.NONE : of(text.lines());
    }

    static Html of(Stream<String> lines) {
        var all = Fitting.of(
                lines.map(Diff::line), BYTES, howMany -> Html.text("… " + howMany + " lines: make -s review\n"));
        return Element.of("pre", "diff").holds(all);
    }

    private static Html line(String line) {
        var text = line + "\n";
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> Element.of("ins").text(text);
            case '-' -> Element.of("del").text(text);
            default -> Html.text(text);
        };
    }
}
