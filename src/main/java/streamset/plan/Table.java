package streamset.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import streamset.problems.DisplayWidth;

/** Rows with aligned columns. */
public final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /** @param rows all of the same length; each becomes a line */
    public static String text(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> DisplayWidth.of(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                        .mapToObj(column -> DisplayWidth.padded(row.get(column), widths[column]))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing()
                + "\n";
    }
}
