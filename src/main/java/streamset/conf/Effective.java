package streamset.conf;

import streamset.catalog.Catalog;
import streamset.catalog.Parameter;

/**
 * A parameter as it holds on every server.
 *
 * @param canonical the value as pg_settings shows it, which is the same for {@code 1GB} and {@code 1024MB}
 * @param standard whether that is the server's own default, so that setting it changes nothing
 * @param restart whether a change restarts the servers; else they read it anew while they run
 */
public record Effective(
        String name, String value, Origin origin, String reason, String canonical, boolean standard, boolean restart) {

    static Effective of(Setting setting, Catalog catalog) {
        var parameter = catalog.parameter(setting.name());
        var canonical =
                parameter.map(known -> canonical(known, setting.value())).orElse(setting.value());
        return new Effective(
                setting.name(),
                setting.value(),
                setting.origin(),
                setting.reason(),
                canonical,
                parameter
                        .flatMap(Parameter::bootValue)
                        .filter(canonical::equals)
                        .isPresent(),
                // nobody knows of an unknown extension's
                parameter.map(known -> known.context().restart()).orElse(true));
    }

    private static String canonical(Parameter parameter, String value) {
        try {
            return parameter.canonical(value);
        } catch (IllegalArgumentException e) {
            return value; // refused elsewhere
        }
    }

    /** What becomes of a change. */
    public String context() {
        return restart ? "restart" : "reload";
    }
}
