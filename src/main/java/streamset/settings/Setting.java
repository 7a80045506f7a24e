package streamset.settings;

import java.util.Optional;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.catalog.PostgresParameter;
import streamset.conf.AddedLine;

/**
 * A parameter with a value for it.
 *
 * @param name the current name, as PostgreSQL compares it
 * @param value in the form of postgresql.conf, without its quotes
 * @param reason why it has this value: where it was written, or what it follows from
 * @param parameter what the servers' version knows about it; empty for a parameter of an unknown extension
 */
public record Setting(String name, String value, Origin origin, String reason, Optional<Parameter> parameter) {

    /** @param name may be a former name of the parameter */
    static Setting of(String name, String value, Origin origin, String reason, Catalog catalog) {
        return new Setting(currentName(name, catalog), value, origin, reason, catalog.parameter(name));
    }

    /** The current name of a parameter that a file may call by a former one. */
    static String currentName(String name, Catalog catalog) {
        return catalog.parameter(name)
                .map(Parameter::name)
                .map(PostgresParameter::name)
                .orElse(name);
    }

    /** The value in the form of pg_settings: the same for {@code 1GB} and {@code 1024MB}. */
    public String canonical() {
        return parameter
                .filter(known -> known.takes(value))
                .map(known -> known.canonical(value))
                .orElse(value); // it is refused, or belongs to an unknown extension
    }

    /** Whether it is the server's default, so that setting it changes nothing. */
    boolean isDefault() {
        return parameter
                .flatMap(Parameter::bootValue)
                .filter(canonical()::equals)
                .isPresent();
    }

    /** Whether a change restarts the servers; otherwise they reload it. */
    public boolean restart() {
        return parameter
                .map(known -> known.context().restart())
                .orElse(false); // true of most parameters of extensions; the reload Job finds the others
    }

    /** How a change takes effect. */
    public String context() {
        return restart() ? "restart" : "reload";
    }

    boolean isSize() {
        return parameter.filter(Parameter::isSize).isPresent();
    }

    /**
     * A size in bytes, any other number unchanged; so is -1, which derives a size from another parameter.
     *
     * @throws NumberFormatException when it is not a number that the server accepts
     */
    double number() {
        double number = Double.parseDouble(canonical());
        return number >= 0 && isSize() ? parameter.orElseThrow().bytes(value) : number;
    }

    /** The value in the form of {@link Parameter#number}; empty when it is not a number. */
    Optional<Double> count() {
        return parameter.flatMap(known -> known.number(value));
    }

    /** The line for the rendered file. */
    AddedLine line() {
        return new AddedLine(name, value, origin + ": " + reason);
    }
}
