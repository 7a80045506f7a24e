package streamset.review;

import java.nio.file.Path;
import org.snakeyaml.engine.v2.nodes.Node;
import streamset.problems.Problems;

/** What is wrong with the lines of a file. */
record FileProblems(Path file, Problems problems) {
    /** @param line counted from 1 */
    void add(int line, String value, String reason, String fix) {
        problems.add(file + ":" + line, value, reason, fix);
    }

    /** Where a value begins, counted from 1. */
    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
