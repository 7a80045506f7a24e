package streamset.faults;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A point in time while writers write: which of their rows must be there, and which cannot.
 *
 * @param least rows that were acknowledged before it, by writer
 * @param most the highest row that can have been sent by then, by writer: each has one on its way
 */
record WriterPoint(String time, Map<String, BitSet> least, Map<String, Integer> most) {
    private static final String TIME =
            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'";

    static WriterPoint now(FaultCluster cluster) {
        var least = new HashMap<String, BitSet>();
        cluster.writers()
                .forEach(writer -> least.put(writer.run(), writer.rows().ids()));
        var time = cluster.tryAsk(cluster.primary(), TIME);
        cluster.awaitRows(Limits.MOMENT); // so that what was on its way has come to an end
        var most = new HashMap<String, Integer>();
        cluster.writers()
                .forEach(writer -> most.put(writer.run(), writer.rows().ids().length()));
        return new WriterPoint(time, Map.copyOf(least), Map.copyOf(most));
    }

    /**
     * What is wrong; nothing when all is there that must be, and nothing that cannot.
     *
     * @param rows each as {@code writer|id}
     */
    List<String> faults(List<String> rows) {
        var there = new HashMap<String, BitSet>();
        rows.stream()
                .map(row -> row.split("\\|"))
                .forEach(row ->
                        there.computeIfAbsent(row[0], writer -> new BitSet()).set(Integer.parseInt(row[1])));
        var faults = new ArrayList<String>();
        least.forEach((writer, ids) -> {
            var missing = (BitSet) ids.clone();
            missing.andNot(there.getOrDefault(writer, new BitSet()));
            if (!missing.isEmpty()) {
                faults.add("of " + writer + " there lack " + missing);
            }
        });
        there.forEach((writer, ids) -> {
            if (ids.length() - 1 >= most.getOrDefault(writer, 0)) {
                faults.add("of " + writer + " there is " + (ids.length() - 1) + ", which was sent after " + time);
            }
        });
        return faults;
    }

    int acknowledged() {
        return least.values().stream().mapToInt(BitSet::cardinality).sum();
    }
}
