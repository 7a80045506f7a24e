package streamset.catalog;

import java.util.Arrays;
import java.util.Optional;
import streamset.problems.Invisible;
import streamset.problems.Problem;

/** The unit of a bare number of a parameter: {@code pg_settings.unit}. */
enum Unit {
    BYTE("B", Scale.MEMORY, 1, "4kB"),
    KILOBYTE("kB", Scale.MEMORY, 1 << 10, "64MB"),
    BLOCK("8kB", Scale.MEMORY, 8 << 10, "64MB"),
    MEGABYTE("MB", Scale.MEMORY, 1 << 20, "64MB"),
    MILLISECOND("ms", Scale.TIME, 1_000, "500ms"),
    SECOND("s", Scale.TIME, 1_000_000, "30s"),
    MINUTE("min", Scale.TIME, 60_000_000, "10min");

    private static final int SHOWN_CHARACTERS = 40; // of a value, so that the reason stays readable
    private static final int LEGIBLE_DIGITS = 6; // longer numbers are hard to read

    private final String name;
    private final Scale scale;
    private final long size;
    private final String example;

    /**
     * @param size in the smallest unit of the scale: bytes, microseconds
     * @param example a value in its usual form, for messages
     */
    Unit(String name, Scale scale, long size, String example) {
        this.name = name;
        this.scale = scale;
        this.size = size;
        this.example = example;
    }

    static Unit of(String name) {
        return Arrays.stream(values())
                .filter(unit -> unit.name.equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no unit of PostgreSQL: " + name));
    }

    Scale scale() {
        return scale;
    }

    /** In the smallest unit of the scale: bytes, microseconds. */
    long size() {
        return size;
    }

    /** What a value must be, for messages. */
    String expectation() {
        return "must be " + scale.noun() + " such as " + example;
    }

    /**
     * A number with an optional unit, converted to the unit of a parameter.
     *
     * @param text the whole value, for messages
     * @throws IllegalArgumentException when PostgreSQL has no such unit, with a guess at the intended one
     */
    static double convert(LeadingNumber number, Optional<Unit> unit, String text) {
        if (number.rest().isEmpty()) {
            return number.value();
        }
        return unit.orElseThrow(() -> new IllegalArgumentException("must be a number without anything after it"))
                .convert(number, text);
    }

    private double convert(LeadingNumber number, String text) {
        return scale.convert(number.value(), number.rest(), size)
                .orElseThrow(() -> new IllegalArgumentException(expectation() + "; " + flaw(number, text)));
    }

    private String flaw(LeadingNumber number, String text) {
        var first = number.rest().substring(0, 1);
        if (Invisible.isIn(first)) {
            return "this contains " + Invisible.firstIn(first) + ", which PostgreSQL does not treat as a blank";
        }
        return "\"" + Problem.shortened(text, SHOWN_CHARACTERS) + "\" has no unit that PostgreSQL knows: "
                + scale.names()
                + scale.nearestUnit(number.rest())
                        .filter(nearest -> text.length() <= SHOWN_CHARACTERS)
                        .map(nearest -> "; did you mean " + number.text() + nearest + "?")
                        .orElse("");
    }

    /** A whole number of this unit in the form of SHOW. */
    String shown(long value) {
        return scale.shown(value, size);
    }

    /** A fraction of this unit in the form of SHOW. */
    String shown(double value) {
        return scale.shown(value, size);
    }

    /** A limit in the form of SHOW, with a rounded one if that is hard to read. */
    String limit(long value) {
        var shown = shown(value);
        boolean legible = shown.chars().filter(Character::isDigit).count() <= LEGIBLE_DIGITS;
        return legible ? shown : shown + " (about " + scale.roughly(value, size) + ")";
    }

    /** The text of {@code pg_settings.unit}. */
    @Override
    public String toString() {
        return name;
    }
}
