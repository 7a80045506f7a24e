package streamset.plan.differences;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.conf.hba.HbaEntry;

/**
 * How the entries of one pg_hba.conf differ from those of another.
 *
 * @param moved whether lines that both have are in another order, which can change who may log in
 */
public record HbaChange(List<HbaEntry> removed, List<HbaEntry> added, boolean moved) {
    private static final int SHOWN_LINES = 20; // of each kind; more are better compared in the file

    /** Compares two files. */
    public static HbaChange between(String before, String after) {
        var old = HbaEntry.of(before);
        var now = HbaEntry.of(after);
        boolean moved = !meanings(in(now, old, true)).equals(meanings(in(old, now, true)));
        return new HbaChange(in(now, old, false), in(old, now, false), moved);
    }

    /** The entries that the others have too, or those that they do not have; each of the others counts once. */
    private static List<HbaEntry> in(List<HbaEntry> others, List<HbaEntry> entries, boolean wanted) {
        var left = new ArrayList<>(meanings(others));
        return entries.stream()
                .filter(entry -> left.remove(entry.meaning()) == wanted)
                .toList();
    }

    private static List<String> meanings(List<HbaEntry> entries) {
        return entries.stream().map(HbaEntry::meaning).toList();
    }

    /** Whether both have the same entries in the same order. */
    public boolean isNone() {
        return removed.isEmpty() && added.isEmpty() && !moved;
    }

    /** One line for each change. */
    public String text() {
        var order = moved ? Stream.of("other lines change their order") : Stream.<String>empty();
        return Stream.of(lines("- ", removed), lines("+ ", added), order)
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Stream<String> lines(String sign, List<HbaEntry> entries) {
        int more = entries.size() - SHOWN_LINES;
        var rest = more > 0 ? Stream.of(sign + "… and " + more + " more") : Stream.<String>empty();
        return Stream.concat(entries.stream().limit(SHOWN_LINES).map(entry -> sign + entry.shown()), rest);
    }
}
