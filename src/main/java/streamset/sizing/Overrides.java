package streamset.sizing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * What people set of the parameters that a budget looks at; the rest is computed around it.
 *
 * @param values sizes in bytes, all else as numbers
 */
public record Overrides(Map<ParameterName, Double> values) {
    /** Nothing is set. */
    public static final Overrides NONE = new Overrides(Map.of());

    public Overrides {
        values = Map.copyOf(values);
    }

    /** The same with one more. */
    public Overrides with(ParameterName name, double value) {
        var more = new HashMap<>(values);
        more.put(name, value);
        return new Overrides(more);
    }

    boolean has(ParameterName name) {
        return values.containsKey(name);
    }

    /** Empty for -1 too, with which PostgreSQL derives a size from another. */
    Optional<ByteSize> size(ParameterName name) {
        return Optional.ofNullable(values.get(name))
                .filter(bytes -> bytes >= 0)
                .map(bytes -> new ByteSize(bytes.longValue()));
    }

    int number(ParameterName name, int fallback) {
        return (int) real(name, fallback);
    }

    double real(ParameterName name, double fallback) {
        return values.getOrDefault(name, fallback);
    }
}
