package streamset.review.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of the report on one stack: one of a table, lines, or a text that keeps its line ends.
 *
 * @param title may be empty
 * @param table its first row is the head; empty when it is no table
 * @param isNumbered whether the lines come one after the other
 * @param form of the text
 */
record Section(String title, List<List<String>> table, List<String> lines, boolean isNumbered, String text, Form form) {
    /** What a text is. */
    enum Form {
        WORDS(""),
        /** Lines of a file that go and come. */
        CHANGE("diff"),
        /** A change that can be applied when no character of it is lost. */
        EDIT("diff");

        private final String language;

        Form(String language) {
            this.language = language;
        }

        /** What Markdown calls it. */
        String language() {
            return language;
        }
    }

    Section {
        table = List.copyOf(table);
        lines = List.copyOf(lines);
    }

    static Section ofTable(String title, List<String> head, Stream<List<String>> rows) {
        var table = new ArrayList<List<String>>();
        table.add(head);
        rows.forEach(table::add);
        return new Section(title, table.size() == 1 ? List.of() : table, List.of(), false, "", Form.WORDS);
    }

    static Section ofLines(String title, List<String> lines) {
        return new Section(title, List.of(), lines, false, "", Form.WORDS);
    }

    static Section ofSteps(String title, List<String> lines) {
        return new Section(title, List.of(), lines, true, "", Form.WORDS);
    }

    static Section ofText(String title, String text, Form form) {
        return new Section(title, List.of(), List.of(), false, text, form);
    }

    boolean isEmpty() {
        return table.isEmpty() && lines.isEmpty() && text.isEmpty();
    }
}
