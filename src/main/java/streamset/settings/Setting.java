package streamset.settings;

import java.util.Optional;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.catalog.PostgresParameter;
import streamset.conf.AddedLine;

/**
 * A parameter with a value for it.
 *
 * @param name as PostgreSQL compares it, and calls it today
 * @param value as postgresql.conf has it, without its quotes
 * @param reason why it has this value: where it was written, or what it follows from
 * @param parameter what the servers' version knows of it; empty for one of an extension that nobody knows here
 */
public record Setting(String name, String value, Origin origin, String reason, Optional<Parameter> parameter) {

    /** @param name may be one that the parameter had in an older version */
    static Setting of(String name, String value, Origin origin, String reason, Catalog catalog) {
        return new Setting(currentName(name, catalog), value, origin, reason, catalog.parameter(name));
    }

    /** The name that PostgreSQL has today for what a file may call by a former one. */
    static String currentName(String name, Catalog catalog) {
        return catalog.parameter(name)
                .map(Parameter::name)
                .map(PostgresParameter::name)
                .orElse(name);
    }

    /** The value as pg_settings shows it: the same for {@code 1GB} and {@code 1024MB}. */
    public String canonical() {
        return parameter
                .filter(known -> known.takes(value))
                .map(known -> known.canonical(value))
                .orElse(value); // which is refused, or of an unknown extension
    }

    /** Whether that is the server's own default, so that setting it changes nothing. */
    boolean isDefault() {
        return parameter
                .flatMap(Parameter::bootValue)
                .filter(canonical()::equals)
                .isPresent();
    }

    /** Whether a change restarts the servers; else they read it anew while they run. */
    public boolean restart() {
        return parameter
                .map(known -> known.context().restart())
                .orElse(false); // most parameters of extensions; the reload Job asks the servers for the others
    }

    /** What becomes of a change. */
    public String context() {
        return restart() ? "restart" : "reload";
    }

    boolean isSize() {
        return parameter.filter(Parameter::isSize).isPresent();
    }

    /**
     * A size in bytes, all else that is a number as it is; so is -1, with which a size follows from another.
     *
     * @throws NumberFormatException when it is no number that the server takes
     */
    double number() {
        double number = Double.parseDouble(canonical());
        return number >= 0 && isSize() ? parameter.orElseThrow().bytes(value) : number;
    }

    /** The value as {@link Parameter#number} has it; empty for what is no number. */
    Optional<Double> count() {
        return parameter.flatMap(known -> known.number(value));
    }

    /** For the rendered file. */
    AddedLine line() {
        return new AddedLine(name, value, origin + ": " + reason);
    }
}
