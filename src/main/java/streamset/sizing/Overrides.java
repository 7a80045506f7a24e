package streamset.sizing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * The values that people set for the parameters of a budget; the rest is computed from what they leave.
 *
 * @param values sizes in bytes, booleans as 0 or 1, all others as numbers
 * @param libraries shared_preload_libraries, without their folders
 */
public record Overrides(Map<ParameterName, Double> values, Set<String> libraries) {
    /** Nothing is set. */
    public static final Overrides NONE = new Overrides(Map.of(), Set.of());

    public Overrides {
        values = Map.copyOf(values);
        libraries = Set.copyOf(libraries);
    }

    /** Only numbers, no libraries. */
    public Overrides(Map<ParameterName, Double> values) {
        this(values, Set.of());
    }

    /** The same with one more. */
    public Overrides with(ParameterName name, double value) {
        var more = new HashMap<>(values);
        more.put(name, value);
        return new Overrides(more, libraries);
    }

    /** These, and those of another that these do not set. */
    Overrides over(Overrides other) {
        var all = new HashMap<>(other.values);
        all.putAll(values);
        return new Overrides(all, libraries);
    }

    boolean has(ParameterName name) {
        return values.containsKey(name);
    }

    /** Empty for -1 too, which derives a size from another parameter. */
    public Optional<ByteSize> size(ParameterName name) {
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
