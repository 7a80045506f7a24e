package streamset.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import streamset.problems.DisplayWidth;
import streamset.problems.Wrapped;

/** Rows with aligned columns. Where there is less room, the text of the widest columns goes over several lines. */
public final class Table {
    private static final String GAP = "  ";
    private static final int LEAST = 8; // columns of a terminal, in which most words have room

    private final int[] widths;

    private Table(List<List<String>> rows, int width) {
        this.widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> DisplayWidth.of(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        int room = width - GAP.length() * (widths.length - 1);
        while (IntStream.of(widths).sum() > room && IntStream.of(widths).max().orElse(0) > LEAST) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((one, other) -> widths[other] > widths[one] ? other : one)
                    .orElseThrow();
            widths[widest]--;
        }
    }

    /** @param rows all of the same length; each becomes a line */
    public static String text(List<List<String>> rows) {
        return text(rows, Integer.MAX_VALUE);
    }

    /**
     * @param rows all of the same length; each becomes a line or more
     * @param width of the lines at most, unless there are very many columns
     */
    public static String text(List<List<String>> rows, int width) {
        var table = new Table(rows, width);
        return rows.stream().map(table::row).collect(Collectors.joining());
    }

    private String row(List<String> cells) {
        var columns = IntStream.range(0, cells.size())
                .mapToObj(column -> Wrapped.lines(cells.get(column), widths[column]))
                .toList();
        int height = columns.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, height)
                .mapToObj(line -> IntStream.range(0, widths.length)
                                .mapToObj(column -> cell(columns.get(column), line, widths[column]))
                                .collect(Collectors.joining(GAP))
                                .stripTrailing()
                        + "\n")
                .collect(Collectors.joining());
    }

    private static String cell(List<String> lines, int line, int width) {
        return DisplayWidth.padded(line < lines.size() ? lines.get(line) : "", width);
    }
}
