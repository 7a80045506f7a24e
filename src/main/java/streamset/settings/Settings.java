package streamset.settings;

import java.util.List;
import java.util.TreeMap;
import streamset.catalog.ParameterName;
import streamset.conf.AddedLine;
import streamset.config.Digest;
import streamset.config.StackConfig;
import streamset.features.ComputedSetting;
import streamset.features.Parts;
import streamset.sizing.Budgets;

/**
 * The settings in effect on every server, and why. There are three layers: computed values, which the author's file overrides,
 * which {@code streamset:wal} and {@code streamset:parameters} override; and fixed values.
 *
 * @param all every parameter that is set, by name
 */
public record Settings(List<Setting> all) {
    public Settings {
        all = List.copyOf(all);
    }

    /**
     * @param features what the features of the stack fix
     * @param budgets the budgets that the computed values come from
     */
    public static Settings of(StackConfig config, WrittenSettings written, Parts features, Budgets budgets) {
        var holding = new TreeMap<String, Setting>();
        ComputedSettings.of(config, budgets, written.catalog())
                .forEach(setting -> holding.put(setting.name(), setting));
        features.every(ComputedSetting.class)
                .forEach(one -> holding.put(
                        one.name().toString(),
                        Setting.of(
                                one.name().toString(), one.value(), Origin.COMPUTED, one.reason(), written.catalog())));
        FixedParameters.with(features)
                .settings(written.catalog(), budgets.wal())
                .forEach(setting -> holding.put(setting.name(), setting));
        // a written value of a fixed parameter is the same, because any other is refused
        written.holding().forEach(one -> holding.put(one.name(), one.setting()));
        return new Settings(List.copyOf(holding.values()));
    }

    /** Whether a parameter that is off by default is set to on. */
    public boolean isOn(ParameterName name) {
        return all.stream()
                .anyMatch(setting -> setting.name().equals(name.toString())
                        && setting.canonical().equals("on"));
    }

    /** The settings that are not in the author's file. They follow it in the rendered file and win: PostgreSQL takes the last. */
    public List<AddedLine> added() {
        return all.stream()
                .filter(setting -> setting.origin() != Origin.FILE)
                .map(Setting::line)
                .toList();
    }

    /** Changes with the settings that need a restart, so that servers restart for them. */
    public String restartDigest() {
        return Digest.of(all.stream()
                .filter(setting -> setting.restart() && !setting.isDefault())
                .map(setting -> setting.name() + "=" + setting.canonical())
                .toArray(String[]::new));
    }
}
