package streamset.settings;

import java.util.List;
import java.util.TreeMap;
import streamset.catalog.ParameterName;
import streamset.conf.AddedLine;
import streamset.config.Digest;
import streamset.config.StackConfig;
import streamset.features.Parts;
import streamset.sizing.Budgets;

/**
 * What holds on every server, and why. Three layers: what is computed yields to the author's file, the file yields to {@code
 * streamset:wal} and {@code streamset:parameters}; and what is fixed.
 *
 * @param all every parameter that is set, by name
 */
public record Settings(List<Setting> all) {
    public Settings {
        all = List.copyOf(all);
    }

    /**
     * @param features what the features of the stack fix
     * @param budgets the arithmetic that the computed values come from
     */
    public static Settings of(StackConfig config, WrittenSettings written, Parts features, Budgets budgets) {
        var holding = new TreeMap<String, Setting>();
        ComputedSettings.of(config, budgets, written.catalog())
                .forEach(setting -> holding.put(setting.name(), setting));
        FixedParameters.with(features.settings())
                .settings(written.catalog())
                .forEach(setting -> holding.put(setting.name(), setting));
        // where a parameter is fixed that is the same value, which people may write all the same
        written.holding().forEach(one -> holding.put(one.name(), one.setting()));
        return new Settings(List.copyOf(holding.values()));
    }

    /** Whether a parameter that is off by default is set to on. */
    public boolean isOn(ParameterName name) {
        return all.stream()
                .anyMatch(setting -> setting.name().equals(name.toString())
                        && setting.canonical().equals("on"));
    }

    /** What the author's file does not say. Behind it in the rendered file it wins, since PostgreSQL takes the last. */
    public List<AddedLine> added() {
        return all.stream()
                .filter(setting -> setting.origin() != Origin.FILE)
                .map(Setting::line)
                .toList();
    }

    /** Changes with what only a restart can change, for which servers are restarted. */
    public String restartDigest() {
        return Digest.of(all.stream()
                .filter(setting -> setting.restart() && !setting.isDefault())
                .map(setting -> setting.name() + "=" + setting.canonical())
                .toArray(String[]::new));
    }
}
