package streamset.review.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.plan.Table;
import streamset.problems.Wrapped;

/** The report for a terminal: at most 80 columns, but for edits, which must stay as they are to be applied. */
public final class TextReport {
    private static final int WIDTH = 80;
    private static final int INDENT = 2;
    private static final String RESET = "\033[0m";
    private static final String BOLD = "\033[1m";
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String GREEN = "\033[32m";

    private final boolean colours;
    private final Sections sections = new Sections();

    private TextReport(boolean colours) {
        this.colours = colours;
    }

    /** @param colours whether a terminal shows it that has some */
    public static String of(Review review, boolean colours) {
        return new TextReport(colours).text(review);
    }

    private String text(Review review) {
        var text = new StringBuilder(Wrapped.hanging(visible(review.summary()), WIDTH, INDENT)).append("\n");
        if (!review.isShort()) {
            text.append("\n").append(head(review.stacks()));
            review.stacks().stream()
                    .filter(stack -> !stack.isShort())
                    .map(this::stack)
                    .forEach(text::append);
        }
        return text.toString();
    }

    private String head(List<StackReview> stacks) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("stack", "verdict", "writes pause", "what cannot be undone"));
        stacks.forEach(stack -> rows.add(List.of(
                visible(stack.stack()),
                stack.verdictWords(),
                stack.pauseWords(),
                visible(String.join("; ", stack.irreversible())))));
        return Table.text(rows, WIDTH);
    }

    private String stack(StackReview stack) {
        var title = Wrapped.hanging(visible(stack.stack()) + ": " + stack.verdictWords(), WIDTH, INDENT);
        return "\n" + coloured(title, colour(stack)) + "\n"
                + indented(Wrapped.hanging("compared with " + visible(stack.comparedWith()), WIDTH - INDENT, INDENT))
                + sections.of(stack).stream().map(this::section).collect(Collectors.joining());
    }

    private String section(Section section) {
        var title = section.title().isEmpty()
                ? ""
                : indented(coloured(Wrapped.hanging(visible(section.title()), WIDTH - INDENT, INDENT), BOLD));
        return "\n" + title + indented(indented(body(section))).stripTrailing() + "\n";
    }

    private static String body(Section section) {
        int width = WIDTH - 2 * INDENT;
        if (!section.table().isEmpty()) {
            return Table.text(
                    section.table().stream()
                            .map(row -> row.stream().map(TextReport::visible).toList())
                            .toList(),
                    width);
        }
        if (section.text().isEmpty()) {
            return IntStream.range(0, section.lines().size())
                    .mapToObj(line -> (section.isNumbered() ? line + 1 + ". " : "- ")
                            + visible(section.lines().get(line)))
                    .map(line -> Wrapped.hanging(line, width, line.indexOf(' ') + 1))
                    .collect(Collectors.joining("\n"));
        }
        return section.form() == Section.Form.EDIT
                ? Stream.of(section.text().split("\n"))
                        .map(line -> visible(line, "\t\r"))
                        .collect(Collectors.joining("\n"))
                : visible(section.text())
                        .lines()
                        .map(line -> Wrapped.hanging(line, width, INDENT))
                        .collect(Collectors.joining("\n"));
    }

    private static String indented(String text) {
        return text.indent(INDENT);
    }

    /** What a terminal would take for a command of its own stays visible, and does nothing. */
    private static String visible(String text) {
        return visible(text, "\n");
    }

    private static String visible(String text, String harmless) {
        return text.codePoints()
                .map(c -> harmless.indexOf(c) < 0 && Character.isISOControl(c) ? '·' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String colour(StackReview stack) {
        return switch (stack.verdict()) {
            case REFUSED -> RED;
            case SECOND_APPROVAL, NOT_JUDGED -> YELLOW;
            default -> stack.isStale() ? RED : GREEN;
        };
    }

    private String coloured(String text, String colour) {
        return colours ? text.lines().map(line -> colour + line + RESET).collect(Collectors.joining("\n")) : text;
    }
}
