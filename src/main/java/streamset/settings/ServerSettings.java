package streamset.settings;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.catalog.ParameterName;
import streamset.conf.ConfFile;
import streamset.conf.ConfFiles;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/** The settings of a server with a rendered postgresql.conf: those that the file sets, and defaults for all others. */
public final class ServerSettings {
    /**
     * The value in effect of one parameter.
     *
     * @param canonical in the form of pg_settings: the same for {@code 1GB} and {@code 1024MB}; empty when there is none
     * @param shown for people, in the form of SHOW
     * @param restart whether only a restart can change it
     */
    public record Value(String canonical, String shown, boolean restart) {}

    private final Catalog catalog;
    private final TreeMap<String, String> set = new TreeMap<>();

    private ServerSettings(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @param postgresqlConf the whole rendered file
     * @param version the server's major version
     */
    public static ServerSettings of(String postgresqlConf, int version) {
        var settings = new ServerSettings(Catalog.of(version));
        ConfFile.parse(new SourceFile("postgresql.conf", postgresqlConf), new Problems())
                .occurrences()
                .forEach(setting ->
                        settings.set.put(Setting.currentName(setting.name(), settings.catalog), setting.value()));
        settings.set.remove(ConfFiles.REVISION); // it identifies the file, and is not a setting
        return settings;
    }

    /** The parameters that the file sets, sorted. */
    public Set<String> names() {
        return new TreeSet<>(set.keySet());
    }

    /** The value in effect of a parameter, whether the file sets it or not. */
    public Value value(ParameterName name) {
        return value(name.toString());
    }

    /** The value in effect of a parameter, whether the file sets it or not. */
    public Value value(String name) {
        var parameter = catalog.parameter(name);
        var value = set.get(name);
        if (value == null) {
            return parameter.map(ServerSettings::standard).orElse(new Value("", "(not set)", false));
        }
        return parameter
                .map(known -> written(known, value))
                .orElse(new Value(value, value, false)); // see Setting.restart
    }

    private static Value written(Parameter parameter, String value) {
        try {
            return new Value(parameter.canonical(value), parameter.shown(value), restart(parameter));
        } catch (IllegalArgumentException e) {
            return new Value(value, value, restart(parameter)); // refused elsewhere
        }
    }

    private static Value standard(Parameter parameter) {
        var value = parameter.bootValue().orElse("");
        var shown = value.isEmpty() ? "default" : "default (" + parameter.shown(value) + ")";
        return new Value(value, shown, restart(parameter));
    }

    private static boolean restart(Parameter parameter) {
        return parameter.context().restart();
    }
}
