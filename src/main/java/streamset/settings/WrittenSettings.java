package streamset.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import streamset.catalog.Catalog;
import streamset.catalog.LibraryList;
import streamset.catalog.ParameterName;
import streamset.conf.ConfFile;
import streamset.config.StackConfig;
import streamset.features.FixedSetting;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.problems.Problems;
import streamset.sizing.Budgets;
import streamset.sizing.Overrides;
import streamset.sizing.WalSpace;

/** What people wrote: the author's file, overridden by {@code streamset:wal} and {@code streamset:parameters}. */
public final class WrittenSettings {
    private final List<WrittenSetting> all;
    private final Catalog catalog;
    private final Map<String, WrittenSetting> holding = new LinkedHashMap<>();

    /** @param all in order, including those that are overridden */
    WrittenSettings(List<WrittenSetting> all, Catalog catalog) {
        this.all = List.copyOf(all);
        this.catalog = catalog;
        all.forEach(written -> holding.put(written.name(), written));
    }

    public static WrittenSettings of(StackConfig config, ConfFile file) {
        var catalog = Catalog.of(config.version());
        var all = new ArrayList<WrittenSetting>();
        var lines = new HashMap<String, List<Integer>>();
        file.occurrences()
                .forEach(entry -> lines.computeIfAbsent(
                                Setting.currentName(entry.name(), catalog), name -> new ArrayList<>())
                        .add(entry.line()));
        file.settings()
                .forEach(entry -> all.add(WrittenSetting.inFile(
                        file.source(), entry, lines.get(Setting.currentName(entry.name(), catalog)), catalog)));
        config.wal().keep().ifPresent(keep -> all.add(WrittenSetting.pinned(keep, catalog)));
        config.parameters().forEach((name, value) -> all.add(WrittenSetting.pinned(name, value, catalog)));
        return new WrittenSettings(all, catalog);
    }

    /**
     * Checks all of them, and computes the budgets that they leave.
     *
     * @param features what the features of the stack fix and need
     * @param problems receives what is wrong; the budgets can be used only if nothing is
     */
    public Budgets budgets(StackConfig config, Parts features, Problems problems) {
        var fixed = FixedParameters.with(features);
        fixed.check(this, problems);
        var taken = new ParameterChecks(fixed, catalog, config.wal().segmentSize(), problems).check(this);
        var left = withArchiver(new ValueChecks(config, problems).check(taken), features);
        var whole = features.one(Part.Wal.class).map(Part.Wal::space).orElseGet(() -> WalSpace.onData(config));
        var space = features.one(Part.Queue.class)
                .map(Part.Queue::size)
                .map(whole::withQueue)
                .orElse(whole);
        var hugePages = features.one(Part.HugePages.class).map(Part.HugePages::size);
        var budgets = Budgets.of(config, space, hugePages, left.overrides());
        new Consistency(taken, config, budgets, problems).check();
        new BudgetChecks(left, config, problems).check(budgets);
        return budgets;
    }

    /** The process that archives takes memory, whoever switches it on. */
    private static WrittenSettings withArchiver(WrittenSettings left, Parts features) {
        return features.every(FixedSetting.class)
                .filter(setting -> setting.name() == ParameterName.ARCHIVE_MODE)
                .findFirst()
                .map(setting ->
                        left.with(WrittenSetting.pinned(setting.name().toString(), setting.value(), left.catalog())))
                .orElse(left);
    }

    /** The values that the budgets must respect. */
    Overrides overrides() {
        var values = new EnumMap<ParameterName, Double>(ParameterName.class);
        for (var name : ParameterName.values()) {
            get(name).flatMap(written -> written.setting().count()).ifPresent(number -> values.put(name, number));
        }
        return new Overrides(values, preloaded());
    }

    private Set<String> preloaded() {
        return get(ParameterName.SHARED_PRELOAD_LIBRARIES)
                .map(WrittenSetting::canonical)
                .map(LibraryList::names)
                .orElse(Set.of());
    }

    /** All settings except those with one of these subjects. */
    WrittenSettings without(Set<String> subjects) {
        return new WrittenSettings(
                all.stream()
                        .filter(written -> !subjects.contains(written.subject()))
                        .toList(),
                catalog);
    }

    /** The same with one more, which overrides the others. */
    WrittenSettings with(WrittenSetting more) {
        var longer = new ArrayList<>(all);
        longer.add(more);
        return new WrittenSettings(longer, catalog);
    }

    /** The parameters of the servers' version. */
    Catalog catalog() {
        return catalog;
    }

    /** All in order, including those that are overridden. */
    List<WrittenSetting> all() {
        return all;
    }

    /** The settings in effect, one for each parameter. */
    Collection<WrittenSetting> holding() {
        return holding.values();
    }

    /** The setting in effect. */
    Optional<WrittenSetting> get(ParameterName name) {
        return Optional.ofNullable(holding.get(name.toString()));
    }
}
