package streamset.catalog;

import java.util.Arrays;
import java.util.Optional;
import streamset.problems.Invisible;
import streamset.problems.Problem;

/** What a bare number of a parameter counts, as {@code pg_settings.unit} names it. */
enum Unit {
    BYTE("B", Scale.MEMORY, 1, "4kB"),
    KILOBYTE("kB", Scale.MEMORY, 1 << 10, "64MB"),
    BLOCK("8kB", Scale.MEMORY, 8 << 10, "64MB"),
    MEGABYTE("MB", Scale.MEMORY, 1 << 20, "64MB"),
    MILLISECOND("ms", Scale.TIME, 1_000, "500ms"),
    SECOND("s", Scale.TIME, 1_000_000, "30s"),
    MINUTE("min", Scale.TIME, 60_000_000, "10min");

    private static final int SHOWN_CHARACTERS = 40; // of a value, so that the reason stays a sentence
    private static final int LEGIBLE_DIGITS = 6; // of a number of more, nobody sees how much it is

    private final String name;
    private final Scale scale;
    private final long size;
    private final String example;

    /**
     * @param size in the smallest unit of the scale: bytes, microseconds
     * @param example a value as it is mostly written, for messages
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
     * A number, and the unit behind it if there is one, in the unit of a parameter.
     *
     * @param text all of it, for messages
     * @throws IllegalArgumentException when PostgreSQL knows no such unit, with a guess at what was meant
     */
    static double convert(LeadingNumber number, Optional<Unit> unit, String text) {
        if (number.rest().isEmpty()) {
            return number.value();
        }
        return unit.orElseThrow(() -> new IllegalArgumentException("must be a number without anything behind it"))
                .convert(number, text);
    }

    private double convert(LeadingNumber number, String text) {
        return scale.convert(number.value(), number.rest(), size)
                .orElseThrow(() -> new IllegalArgumentException(expectation() + "; " + flaw(number, text)));
    }

    private String flaw(LeadingNumber number, String text) {
        var first = number.rest().substring(0, 1);
        if (Invisible.isIn(first)) {
            return "this holds " + Invisible.firstIn(first) + ", which is no blank to PostgreSQL";
        }
        return "\"" + Problem.shortened(text, SHOWN_CHARACTERS) + "\" has no unit that PostgreSQL knows: "
                + scale.names()
                + scale.meant(number.rest())
                        .filter(meant -> text.length() <= SHOWN_CHARACTERS)
                        .map(meant -> "; did you mean " + number.text() + meant + "?")
                        .orElse("");
    }

    /** A whole number of this unit as SHOW writes it. */
    String shown(long value) {
        return scale.shown(value, size);
    }

    /** A fraction of this unit as SHOW writes it. */
    String shown(double value) {
        return scale.shown(value, size);
    }

    /** A limit as SHOW writes it, and roughly when that is hard to read. */
    String limit(long value) {
        var shown = shown(value);
        boolean legible = shown.chars().filter(Character::isDigit).count() <= LEGIBLE_DIGITS;
        return legible ? shown : shown + " (about " + scale.roughly(value, size) + ")";
    }

    /** As {@code pg_settings.unit} has it. */
    @Override
    public String toString() {
        return name;
    }
}
