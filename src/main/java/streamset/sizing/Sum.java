package streamset.sizing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.units.ByteSize;

/** An addition that people can check: its terms are whole megabytes, so that the shown numbers add up. */
public record Sum(List<Term> terms) {
    /**
     * One line of the addition.
     *
     * @param what its name, with its factors
     */
    public record Term(ByteSize size, String what) {
        private static final long MOST_MEGABYTES = 1L << 38; // so that a dozen of them can be added

        static Term of(double bytes, String what) {
            return new Term(ByteSize.ofMegabytes(Math.min(MOST_MEGABYTES, (long) Math.ceil(bytes / (1 << 20)))), what);
        }
    }

    public Sum {
        terms = List.copyOf(terms);
    }

    /** The same without terms of 0. */
    Sum withoutNothing() {
        return new Sum(terms.stream().filter(term -> term.size().bytes() > 0).toList());
    }

    public ByteSize total() {
        return new ByteSize(
                terms.stream().mapToLong(term -> term.size().bytes()).sum());
    }

    /** One term per line, and the result below. */
    public String text(String result) {
        int width = Long.toString(total().megabytes()).length();
        return Stream.concat(
                        terms.stream().map(term -> line(term.size(), width, term.what())),
                        Stream.of(line(total(), width, "= " + result)))
                .collect(Collectors.joining("\n"));
    }

    private static String line(ByteSize size, int width, String what) {
        return String.format("%" + width + "d MB  %s", size.megabytes(), what);
    }
}
