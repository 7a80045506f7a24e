package streamset.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The units of values, and how PostgreSQL converts them; guc.c: unit_conversion. */
enum Scale {
    /** In bytes. */
    MEMORY(
            "a size",
            new Step("TB", 1L << 40, "t"),
            new Step("GB", 1L << 30, "g"),
            new Step("MB", 1L << 20, "m"),
            new Step("kB", 1L << 10, "k"),
            new Step("B", 1, "b")),
    /** In microseconds. */
    TIME(
            "a time",
            new Step("d", 86_400_000_000L, "d"),
            new Step("h", 3_600_000_000L, "h"),
            new Step("min", 60_000_000, "m(?!s|il|ic)"),
            new Step("s", 1_000_000, "s"),
            new Step("ms", 1_000, "ms|mil"),
            new Step("us", 1, "u|µ|mic"));

    private static final double NEARLY = 1e-8; // PostgreSQL's tolerance for a quotient that should be whole

    /**
     * One unit.
     *
     * @param name case-sensitive
     * @param size in units of the smallest
     * @param likely the beginning of texts that were probably intended as this unit, in lower case
     */
    private record Step(String name, long size, String likely) {
        double per(long base) {
            return (double) size / base;
        }
    }

    private final String noun;
    private final List<Step> steps; // the largest first

    Scale(String noun, Step... steps) {
        this.noun = noun;
        this.steps = List.of(steps);
    }

    /** The measured quantity, for a sentence. */
    String noun() {
        return noun;
    }

    /** The names of the units from the smallest on, for a sentence. */
    String names() {
        return steps.stream()
                .map(Step::name)
                .reduce((greater, smaller) -> smaller + ", " + greater)
                .orElseThrow();
    }

    /**
     * A value in multiples of a base, rounded to whole multiples of the next smaller unit, like a fraction.
     *
     * @return empty when there is no such unit
     */
    OptionalDouble convert(double value, String unit, long base) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(unit)) {
                double converted = value * steps.get(i).per(base);
                if (i + 1 == steps.size()) {
                    return OptionalDouble.of(converted);
                }
                double smaller = steps.get(i + 1).per(base);
                return OptionalDouble.of(Math.rint(converted / smaller) * smaller);
            }
        }
        return OptionalDouble.empty();
    }

    /** A whole number of bases in the form of SHOW: in the largest unit of which it is a multiple. */
    String shown(long value, long base) {
        if (value <= 0) {
            return Long.toString(value); // not an amount, but a special value such as "never"
        }
        var unit = steps.stream()
                .filter(step -> step.size() <= base || value % (step.size() / base) == 0)
                .findFirst()
                .orElseThrow();
        return Math.round(value / unit.per(base)) + unit.name();
    }

    /** A fraction in the form of SHOW: in the largest unit of which it is a multiple, or in the smallest unit. */
    String shown(double value, long base) {
        if (value == 0) {
            return Real.show(value);
        }
        var unit = steps.stream()
                .filter(step -> {
                    double quotient = value / step.per(base);
                    return quotient > 0 && Math.abs(Math.rint(quotient) / quotient - 1) <= NEARLY;
                })
                .findFirst()
                .orElse(steps.get(steps.size() - 1));
        return Real.show(value / unit.per(base)) + unit.name();
    }

    /** A value in the largest unit of which it is at least one, rounded: 2147483647kB are about 2TB. */
    String roughly(long value, long base) {
        return steps.stream()
                .filter(step -> value / step.per(base) >= 1)
                .findFirst()
                .map(step -> Math.round(value / step.per(base)) + step.name())
                .orElseThrow();
    }

    /** The unit that a text was probably intended to be: MB for mb, Mi and MBytes. */
    Optional<String> nearestUnit(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return steps.stream()
                .filter(step -> Pattern.compile(step.likely()).matcher(lower).lookingAt())
                .findFirst()
                .map(Step::name);
    }
}
