package streamset.review.report.page;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.problems.Problem;

/** Markup. A text enters it escaped and in no other way, so nothing that a file contains can become markup. */
final class Html {
    static final Html NONE = new Html("");

    private static final char HIDDEN = '·';
    private static final int BRIEF = 300; // characters; no real value is longer

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** What {@link Element} has put together. */
    static Html ofElement(String markup) {
        return new Html(markup);
    }

    /** Text as it is, with a point for what nobody would see and for what would reorder the characters around it. */
    static Html text(String text) {
        return new Html(text.codePoints().mapToObj(Html::character).collect(Collectors.joining()));
    }

    /** The same, shortened to what a table has room for. */
    static Html brief(String text) {
        return text(Problem.shortened(text, BRIEF));
    }

    /** Words that begin a line of their own. */
    static Html sentence(String words) {
        return text(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    static Html all(Html... parts) {
        return all(Stream.of(parts));
    }

    static Html all(Stream<Html> parts) {
        return new Html(parts.map(Html::toString).collect(Collectors.joining()));
    }

    private static String character(int c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '\n', '\t' -> Character.toString(c);
            default -> Character.toString(isHidden(c) ? HIDDEN : c);
        };
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            default -> false;
        };
    }

    boolean isEmpty() {
        return markup.isEmpty();
    }

    /** What it takes of a page. */
    int bytes() {
        return markup.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return markup;
    }
}
