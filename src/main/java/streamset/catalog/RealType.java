package streamset.catalog;

import java.util.Optional;

/**
 * A number with a fraction; guc.c: parse_real.
 *
 * @param min in units
 * @param max in units
 */
record RealType(Optional<Unit> unit, double min, double max) implements ValueType {
    @Override
    public String canonical(String text) {
        var number = LeadingNumber.real(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(unit.map(Unit::expectation).orElse("must be a number")));
        double value = Unit.convert(number, unit, text);
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    max == Double.MAX_VALUE
                            ? "must be at least " + limit(min)
                            : "is out of range: " + limit(min) + " … " + limit(max));
        }
        return Real.show(value);
    }

    private String limit(double value) {
        return unit.map(counted -> counted.shown(value)).orElseGet(() -> Real.show(value));
    }

    @Override
    public String shown(String canonical) {
        return unit.map(counted -> counted.shown(Double.parseDouble(canonical))).orElse(canonical);
    }

    @Override
    public Optional<Unit> counted() {
        return unit;
    }
}
