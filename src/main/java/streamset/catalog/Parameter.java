package streamset.catalog;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of PostgreSQL.
 *
 * @param name as {@code pg_settings.name} writes it
 * @param context when it can be changed
 * @param type the values that it can have
 * @param bootValue {@code pg_settings.boot_val}, the server's built-in default, without what initdb writes into a conf file;
 *     empty for none
 * @param formerNames older names that PostgreSQL still accepts, in lower case
 * @param hook how PostgreSQL changes values beyond the rules of the type
 */
public record Parameter(
        String name,
        Context context,
        ValueType type,
        Optional<String> bootValue,
        List<String> formerNames,
        CheckHook hook) {
    private static final String OFF = "off";

    public Parameter {
        formerNames = List.copyOf(formerNames);
    }

    /**
     * The value in the form of {@code pg_settings.setting} after a conf file with this text was read: numbers in the
     * parameter's unit, rounded, booleans as on or off, enums in their first spelling.
     *
     * @param text the value in postgresql.conf, without its quotes
     * @throws IllegalArgumentException with the reason, when PostgreSQL refuses the text in a conf file; see
     *     {@link CheckHook} for what is left to the server
     */
    public String canonical(String text) {
        if (context == Context.INTERNAL) {
            throw new IllegalArgumentException(
                    "cannot be set: it shows how the server was built, initialized or started");
        }
        return hook.check(type.canonical(text));
    }

    /** Whether PostgreSQL accepts the text in a conf file; see {@link #canonical}. */
    public boolean takes(String text) {
        try {
            canonical(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The value in the form of SHOW: amounts in the largest unit of which they are a multiple.
     *
     * @throws IllegalArgumentException as {@link #canonical}
     */
    public String shown(String text) {
        return type.shown(canonical(text));
    }

    /**
     * The bytes of an amount of memory or storage, after PostgreSQL's rounding. A negative number is not an amount but has a
     * special meaning, such as "no limit" or "as another parameter", and is returned unchanged.
     *
     * @throws IllegalArgumentException as {@link #canonical}
     * @throws IllegalStateException when the parameter has no unit of memory
     */
    public long bytes(String text) {
        long number = Long.parseLong(canonical(text));
        return number < 0 ? number : number * unit(Scale.MEMORY).size();
    }

    /**
     * An amount of time, after PostgreSQL's rounding. A negative one is not an amount but has a special meaning, such as
     * "never" or "as another parameter".
     *
     * @throws IllegalArgumentException as {@link #canonical}
     * @throws IllegalStateException when the parameter has no unit of time
     */
    public Duration duration(String text) {
        double number = Double.parseDouble(canonical(text));
        return Duration.of(Math.round(number * unit(Scale.TIME).size()), ChronoUnit.MICROS);
    }

    /**
     * The value as a number: a size in bytes, a boolean as 0 or 1, other numbers unchanged; so are negative numbers, which are
     * not amounts but have a special meaning.
     *
     * @return empty for a value that is not a number
     * @throws IllegalArgumentException as {@link #canonical}
     */
    public Optional<Double> number(String text) {
        if (isNumber()) {
            double number = Double.parseDouble(canonical(text));
            return Optional.of(isSize() && number >= 0 ? bytes(text) : number);
        }
        return isSwitch() ? Optional.of(canonical(text).equals(OFF) ? 0.0 : 1.0) : Optional.empty();
    }

    /** The default in the form of {@link #number}; empty for none. */
    public Optional<Double> bootNumber() {
        return bootValue.flatMap(this::number);
    }

    private boolean isSwitch() {
        return type instanceof BooleanType
                || type instanceof EnumType words && words.values().contains(OFF);
    }

    /** Whether its values are numbers, with or without a unit. */
    public boolean isNumber() {
        return type instanceof IntegerType || type instanceof RealType;
    }

    /** Whether it is an amount of memory or storage. */
    public boolean isSize() {
        return type.counted().filter(unit -> unit.scale() == Scale.MEMORY).isPresent();
    }

    /**
     * The unit of a bare number, in bytes: 8192 for a parameter that counts pages.
     *
     * @throws IllegalStateException when the parameter has no unit of memory
     */
    public long unitBytes() {
        return unit(Scale.MEMORY).size();
    }

    private Unit unit(Scale scale) {
        return type.counted()
                .filter(unit -> unit.scale() == scale)
                .orElseThrow(() -> new IllegalStateException(name + " is not " + scale.noun()));
    }
}
