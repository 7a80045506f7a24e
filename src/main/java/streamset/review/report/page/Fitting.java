package streamset.review.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** As much of a list as a page has room for, so that it stays small whatever files contain. */
final class Fitting {
    private Fitting() {}

    /**
     * @param bytes that the parts may take
     * @param rest what stands for parts that have no room, from the words for how many they are
     */
    static Stream<Html> of(Stream<Html> parts, int bytes, Function<String, Html> rest) {
        var all = parts.toList();
        var fitting = new ArrayList<Html>();
        int left = bytes;
        for (var part : all) {
            left -= part.bytes();
            if (left < 0) {
                fitting.add(rest.apply("and " + (all.size() - fitting.size()) + " more"));
                break;
            }
            fitting.add(part);
        }
        return List.copyOf(fitting).stream();
    }
}
