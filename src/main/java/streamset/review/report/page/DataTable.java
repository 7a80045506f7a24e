package streamset.review.report.page;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table. On a narrow screen each row becomes a block of labelled values, so its elements say expressly what they are: a
 * browser forgets it when they are laid out otherwise.
 *
 * @param label what it shows
 * @param bytes that its rows may take
 * @param elsewhere where rows are that have no room
 */
record DataTable(String label, List<Column> columns, int bytes, String elsewhere) {
    /** How the values of a column look. */
    enum Look {
        CODE,
        NUMBER,
        /** One word. */
        WORD,
        WORDS
    }

    record Column(String title, Look look) {
        String style() {
            return look.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Column code(String title) {
        return new Column(title, Look.CODE);
    }

    static Column number(String title) {
        return new Column(title, Look.NUMBER);
    }

    static Column word(String title) {
        return new Column(title, Look.WORD);
    }

    static Column words(String title) {
        return new Column(title, Look.WORDS);
    }

    /** @param rows one cell for each column; nothing when there are none */
    Html of(Stream<List<Html>> rows) {
        var body = Html.all(Fitting.of(rows.map(this::row), bytes, this::rest));
        if (body.isEmpty()) {
            return Html.NONE;
        }
        var head = columns.stream()
                .map(column -> Element.of("th", column.style())
                        .with("scope", "col")
                        .with("role", "columnheader")
                        .text(column.title()));
        boolean isOfNumbers = columns.stream().anyMatch(column -> column.look() == Look.NUMBER);
        return Element.of("table", isOfNumbers ? "data figures" : "data")
                .with("role", "table")
                .with("aria-label", label)
                .holds(
                        group("thead")
                                .holds(Element.of("tr").with("role", "row").holds(head)),
                        group("tbody").holds(body));
    }

    private static Element group(String element) {
        return Element.of(element).with("role", "rowgroup");
    }

    private Html row(List<Html> cells) {
        return Element.of("tr")
                .with("role", "row")
                .holds(IntStream.range(0, cells.size())
                        .mapToObj(index -> cell(index).holds(cells.get(index))));
    }

    private Element cell(int index) {
        var column = columns.get(index);
        return index == 0
                ? Element.of("th", column.style()).with("scope", "row").with("role", "rowheader")
                : Element.of("td", column.style()).with("role", "cell").with("data-label", column.title());
    }

    private Html rest(String howMany) {
        var cell = Element.of("td", "rest").with("role", "cell").with("colspan", Integer.toString(columns.size()));
        return Element.of("tr").with("role", "row").holds(cell.text(howMany + ": " + elsewhere));
    }
}
