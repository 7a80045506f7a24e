package streamset.review;

import java.util.List;

/** The lines in which two texts differ, as a person reads them: {@code -} old, {@code +} new, with line numbers. */
public final class LineDiff {
    private final List<String> old;
    private final List<String> now;
    private final StringBuilder difference = new StringBuilder();

    private LineDiff(String old, String now) {
        this.old = old.lines().toList();
        this.now = now.lines().toList();
    }

    /** Empty when the texts have the same lines. */
    public static String of(String old, String now) {
        var diff = new LineDiff(old, now);
        diff.write(diff.commonLines());
        return diff.difference.toString();
    }

    /** How many lines the longest common subsequence of old[i…] and now[j…] has. */
    private int[][] commonLines() {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private void write(int[][] common) {
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (j == now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                line('-', i, old.get(i++));
            } else {
                line('+', j, now.get(j++));
            }
        }
    }

    private void line(char sign, int index, String text) {
        difference.append("%s%5d  %s%n".formatted(sign, index + 1, text));
    }
}
