package streamset.faults;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as plain text: the first column begins on the left, figures end on the right. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** @param rows all of the same length; a line each */
    static String text(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                        .mapToObj(column -> aligned(row.get(column), widths[column], column == 0))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing()
                + "\n";
    }

    private static String aligned(String text, int width, boolean left) {
        var space = " ".repeat(width - text.length());
        return left ? text + space : space + text;
    }
}
