package streamset.settings;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.catalog.Catalog;
import streamset.catalog.ParameterName;
import streamset.catalog.PostgresParameter;
import streamset.conf.ConfFiles;
import streamset.features.FixedSetting;
import streamset.features.Parts;
import streamset.features.QueueSetting;
import streamset.problems.Problems;
import streamset.sizing.WalBudget;

/** The parameters that only the program sets: with another value, the objects around the server would no longer fit. */
final class FixedParameters {
    private static final String HBA_FILE = ConfFiles.DIRECTORY + "/pg_hba.conf";
    private static final String NEVER = ""; // no value is allowed

    private record Fixed(String value, String reason) {}

    private static final Fixed INCLUDE = new Fixed(NEVER, "an included file does not exist in the pods");
    private static final Map<ParameterName, Fixed> FIXED = new EnumMap<>(Map.ofEntries(
            Map.entry(ParameterName.HBA_FILE, new Fixed(HBA_FILE, "the ConfigMap is mounted there")),
            Map.entry(ParameterName.PORT, new Fixed("5432", "the Services, probes and Jobs use it")),
            Map.entry(
                    ParameterName.UNIX_SOCKET_DIRECTORIES,
                    new Fixed("/var/run/postgresql", "the probes connect through it")),
            Map.entry(ParameterName.CONFIG_FILE, new Fixed(NEVER, "it is set on the server's command line")),
            Map.entry(
                    ParameterName.IDENT_FILE,
                    new Fixed(NEVER, "only postgresql.conf and pg_hba.conf are in the ConfigMap")),
            Map.entry(ParameterName.EXTERNAL_PID_FILE, new Fixed(NEVER, "nothing in the pods reads it")),
            Map.entry(ParameterName.DATA_DIRECTORY, new Fixed(NEVER, "it is on each pod's volume, at PGDATA")),
            Map.entry(
                    ParameterName.PRIMARY_CONNINFO,
                    new Fixed(NEVER, "each standby's own is written when its pod starts")),
            Map.entry(
                    ParameterName.PRIMARY_SLOT_NAME,
                    new Fixed(NEVER, "each standby's own is written when its pod starts"))));

    private final Map<ParameterName, Fixed> fixed = new EnumMap<>(FIXED);
    private final List<FixedSetting> ofFeatures;
    private final List<QueueSetting> ofQueues;

    private FixedParameters(List<FixedSetting> ofFeatures, List<QueueSetting> ofQueues) {
        this.ofFeatures = ofFeatures;
        this.ofQueues = ofQueues;
        ofFeatures.forEach(setting -> fixed.put(setting.name(), new Fixed(setting.value(), setting.reason())));
        ofQueues.forEach(setting -> fixed.put(setting.name(), new Fixed(NEVER, setting.reason())));
    }

    /** @param features what the features of a stack fix in addition */
    static FixedParameters with(Parts features) {
        return new FixedParameters(
                features.every(FixedSetting.class).toList(),
                features.every(QueueSetting.class).toList());
    }

    /** The fixed settings in the rendered file. */
    List<Setting> settings(Catalog catalog, WalBudget wal) {
        var plain = Stream.concat(
                        Stream.of(ParameterName.HBA_FILE), ofFeatures.stream().map(FixedSetting::name))
                .map(name -> setting(name, fixed.get(name).value(), catalog));
        var ofTheBudget = ofQueues.stream().map(setting -> setting(setting.name(), setting.value(wal), catalog));
        return Stream.concat(plain, ofTheBudget).toList();
    }

    private Setting setting(ParameterName name, String value, Catalog catalog) {
        return Setting.of(name.toString(), value, Origin.FIXED, fixed.get(name).reason(), catalog);
    }

    boolean isFixed(String name) {
        return get(name).isPresent();
    }

    private Optional<Fixed> get(String name) {
        return PostgresParameter.INCLUDES.contains(name)
                ? Optional.of(INCLUDE)
                : ParameterName.of(name).map(fixed::get);
    }

    /** Adds a problem for each fixed parameter with another written value. */
    void check(WrittenSettings settings, Problems problems) {
        for (var written : settings.all()) {
            violation(written.setting())
                    .ifPresent(reason -> problems.add(written.subject(), shown(written), reason, written.removal()));
        }
    }

    private static String shown(WrittenSetting written) {
        boolean secret = written.name().equals(ParameterName.PRIMARY_CONNINFO.toString());
        return secret ? "[secret]" : written.shown(); // often with a password in it
    }

    private Optional<String> violation(Setting setting) {
        return get(setting.name())
                .filter(right -> !right.value().equals(setting.value()))
                .map(right -> "is fixed by the program" + (right.value().isEmpty() ? "" : " to '" + right.value() + "'")
                        + ": " + right.reason());
    }
}
