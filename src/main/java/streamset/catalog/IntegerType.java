package streamset.catalog;

import java.util.Optional;

/**
 * A whole number, or an amount that is counted in whole units; guc.c: parse_int.
 *
 * @param min in units
 * @param max in units
 */
record IntegerType(Optional<Unit> unit, int min, int max) implements ValueType {
    @Override
    public String canonical(String text) {
        return Integer.toString(number(text));
    }

    private int number(String text) {
        var number = LeadingNumber.whole(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(unit.map(Unit::expectation).orElse("must be a whole number")));
        double value = Math.rint(Unit.convert(number, unit, text));
        if (value < min || value > max) {
            throw new IllegalArgumentException("is out of range: " + limit(min) + " … " + limit(max));
        }
        return (int) value;
    }

    private String limit(int value) {
        return unit.map(counted -> counted.limit(value)).orElseGet(() -> Integer.toString(value));
    }

    @Override
    public String shown(String canonical) {
        return unit.map(counted -> counted.shown(Integer.parseInt(canonical))).orElse(canonical);
    }

    @Override
    public Optional<Unit> counted() {
        return unit;
    }
}
