package streamset.review.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The report as a comment of a pull request, in GitHub's and GitLab's Markdown. Whatever conf files contain is shown and
 * never taken for markup, a mention or a link.
 */
public final class MarkdownReport {
    /** Characters of a comment: GitHub takes 65,536, and a workflow may add a line of its own. */
    static final int LIMIT = 60_000;

    private static final String CUT =
            "**Cut here**: the comment would be too long. The whole report: `make -s review`.";
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final String MARKUP = "\\`*_{}[]#!|<>&@~$^";
    // a person or group, an issue, a label, an epic, a milestone, an emoji, an address
    private static final Pattern REFERENCE = Pattern.compile("[@#!~%$&^]\\w|:\\w+:|\\bGH-\\d|://|\\bwww\\.");
    // what would end code, a cell of a table or a line
    private static final Pattern NO_CODE = Pattern.compile("[`|\\p{Cntrl}]");
    // between which and what follows a blank that nobody sees keeps a link from being one, also in HTML
    private static final Pattern LINK = Pattern.compile("[:/](?=/)|www(?=\\.)|:(?=\\w)");
    private static final String NO_WIDTH = "&#8203;";
    private static final String WIDE_AT = "&#65312;"; // which no address has
    private static final String TITLE = "### streamset: ";

    private final StringBuilder text = new StringBuilder();
    private final Sections sections = new Sections();

    private MarkdownReport() {}

    public static String of(Review review) {
        var report = new MarkdownReport();
        report.write(review);
        return report.text.toString();
    }

    private void write(Review review) {
        text.append(TITLE).append(escaped(review.summary())).append("\n");
        if (review.isShort()) {
            return;
        }
        add(table(head(review.stacks())), "");
        var rest = review.stacks().stream().filter(stack -> !stack.isShort()).toList();
        if (!rest.stream().allMatch(this::stack)) {
            text.append("\n").append(CUT).append("\n");
        }
    }

    private static List<List<String>> head(List<StackReview> stacks) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("stack", "verdict", "writes pause", "what cannot be undone"));
        stacks.forEach(stack -> rows.add(List.of(
                stack.stack(), stack.verdictWords(), stack.pauseWords(), String.join("; ", stack.irreversible()))));
        return rows;
    }

    /** Folded where nothing is urgent. */
    private boolean stack(StackReview stack) {
        boolean open = stack.verdict().isUrgent() || stack.isStale();
        var end = "\n</details>\n";
        boolean begun = add(
                Stream.of("\n<details" + (open ? " open" : "") + "><summary><b>" + escaped(stack.stack()) + "</b>: "
                        + escaped(stack.verdictWords()) + ", compared with " + escaped(stack.comparedWith())
                        + "</summary>\n"),
                end);
        boolean whole = begun;
        for (var section : whole ? sections.of(stack) : List.<Section>of()) {
            whole = whole && section(section, end);
        }
        if (begun) {
            text.append(end);
        }
        return whole;
    }

    private boolean section(Section section, String end) {
        if (!section.title().isEmpty() && !add(Stream.of("\n**" + escaped(section.title()) + "**\n"), end)) {
            return false;
        }
        if (!section.table().isEmpty()) {
            return add(table(section.table()), end);
        }
        if (!section.text().isEmpty()) {
            var fence = fence(section.text());
            return add(Stream.of("\n" + fence + section.form().language() + "\n"), end + fence + "\n")
                    && fenced(section.text(), fence, end);
        }
        var sign = section.isNumbered() ? "1. " : "- ";
        return add(
                Stream.concat(Stream.of("\n"), section.lines().stream().map(line -> sign + escaped(line) + "\n")), end);
    }

    private boolean fenced(String block, String fence, String end) {
        boolean whole = add(Stream.of(block.split("\n")).map(line -> line + "\n"), fence + "\n" + end);
        text.append(fence).append("\n");
        return whole;
    }

    /** A fence that the text cannot end. */
    private static String fence(String text) {
        int longest = BACKTICKS
                .matcher(text)
                .results()
                .mapToInt(run -> run.group().length())
                .max()
                .orElse(0);
        return "`".repeat(Math.max(3, longest + 1));
    }

    private static Stream<String> table(List<List<String>> rows) {
        var head = row(rows.get(0)) + "|" + "---|".repeat(rows.get(0).size()) + "\n";
        return Stream.concat(Stream.of("\n" + head), rows.stream().skip(1).map(MarkdownReport::row));
    }

    private static String row(List<String> cells) {
        return cells.stream().map(MarkdownReport::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As much as there is room for before the end. */
    private boolean add(Stream<String> parts, String end) {
        for (var part : (Iterable<String>) parts::iterator) {
            if (text.length() + part.length() + end.length() + CUT.length() + 2 > LIMIT) {
                return false;
            }
            text.append(part);
        }
        return true;
    }

    private static String escaped(String text) {
        return Stream.of(text.split(" ", -1)).map(MarkdownReport::word).collect(Collectors.joining(" "));
    }

    /** What the site would take for a link, or for the name of a person, an issue or an emoji, is none in code. */
    private static String word(String word) {
        boolean isReference = REFERENCE.matcher(word).find();
        if (isReference && !NO_CODE.matcher(word).find()) {
            return "`" + word + "`";
        }
        var entities = IntStream.range(0, word.length())
                .mapToObj(index -> character(word, index))
                .collect(Collectors.joining());
        return isReference
                ? "<code>" + LINK.matcher(entities).replaceAll("$0" + NO_WIDTH).replace("&#64;", WIDE_AT) + "</code>"
                : entities;
    }

    private static String character(String word, int index) {
        char c = word.charAt(index);
        boolean isMarkup = MARKUP.indexOf(c) >= 0 && !(c == '_' && isWithinAName(word, index));
        return isMarkup ? "&#" + (int) c + ";" : Character.isISOControl(c) ? " " : Character.toString(c);
    }

    private static boolean isWithinAName(String word, int index) {
        return index > 0
                && index < word.length() - 1
                && Character.isLetterOrDigit(word.charAt(index - 1))
                && Character.isLetterOrDigit(word.charAt(index + 1));
    }
}
