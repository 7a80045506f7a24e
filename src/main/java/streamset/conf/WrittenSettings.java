package streamset.conf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.catalog.PostgresParameter;
import streamset.config.StackConfig;

/**
 * What people wrote: the file, overruled by the stack's configuration.
 *
 * @param all in order, those that are overruled too
 */
record WrittenSettings(List<WrittenSetting> all) {
    WrittenSettings {
        all = List.copyOf(all);
    }

    /** @param catalog knows the names that parameters had in older versions */
    static WrittenSettings of(SourceFile source, ConfFile file, StackConfig config, Catalog catalog) {
        var all = new ArrayList<WrittenSetting>();
        file.settings().forEach(setting -> all.add(WrittenSetting.inFile(source, setting)));
        config.wal().keep().ifPresent(keep -> all.add(WrittenSetting.pinned(keep)));
        config.parameters().forEach((name, value) -> all.add(WrittenSetting.pinned(name, value)));
        return new WrittenSettings(all.stream()
                .map(written -> written.named(currentName(written.name(), catalog)))
                .toList());
    }

    /** The name that PostgreSQL has today for what a file may call by a former one. */
    static String currentName(String name, Catalog catalog) {
        return catalog.parameter(name)
                .map(Parameter::name)
                .map(PostgresParameter::name)
                .orElse(name);
    }

    /** Those that hold, by name. */
    Map<String, WrittenSetting> holding() {
        var holding = new LinkedHashMap<String, WrittenSetting>();
        all.forEach(written -> holding.put(written.name(), written));
        return holding;
    }
}
