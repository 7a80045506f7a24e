package streamset.conf;

import java.util.Map;
import java.util.Optional;
import streamset.problems.Problems;

/** The parameters that are the program's alone: with another value the objects around the server would no longer fit it. */
final class FixedParameters {
    /** Where the ConfigMap is mounted. */
    static final String CONF_DIRECTORY = "/etc/postgresql";

    private static final String HBA_FILE = CONF_DIRECTORY + "/pg_hba.conf";

    private record Fixed(String value, String reason) {}

    private static final String NEVER = ""; // no value is right
    private static final Map<String, Fixed> FIXED = Map.ofEntries(
            Map.entry("hba_file", new Fixed(HBA_FILE, "the ConfigMap is mounted there")),
            Map.entry("port", new Fixed("5432", "the Services, probes and Jobs use it")),
            Map.entry("unix_socket_directories", new Fixed("/var/run/postgresql", "the probes connect through it")),
            Map.entry("include", new Fixed(NEVER, "an included file is not there in the pods")),
            Map.entry("include_dir", new Fixed(NEVER, "an included file is not there in the pods")),
            Map.entry("include_if_exists", new Fixed(NEVER, "an included file is not there in the pods")),
            Map.entry("config_file", new Fixed(NEVER, "it is given on the server's command line")),
            Map.entry("ident_file", new Fixed(NEVER, "only postgresql.conf and pg_hba.conf are in the ConfigMap")),
            Map.entry("external_pid_file", new Fixed(NEVER, "the container's file system is read-only")),
            Map.entry("data_directory", new Fixed(NEVER, "it lies on each pod's volume, named by PGDATA")),
            Map.entry("primary_conninfo", new Fixed(NEVER, "each standby's own is written when its pod starts")),
            Map.entry("primary_slot_name", new Fixed(NEVER, "each standby's own is written when its pod starts")));

    private FixedParameters() {}

    static Setting hbaFile() {
        return new Setting(
                "hba_file", HBA_FILE, Origin.FIXED, FIXED.get("hba_file").reason());
    }

    static boolean isFixed(String name) {
        return FIXED.containsKey(name);
    }

    /** Adds a problem for each FIXED parameter that somebody sets to something else. */
    static void check(WrittenSettings settings, Problems problems) {
        for (var written : settings.all()) {
            violation(written.name(), written.value())
                    .ifPresent(reason -> problems.add(written.subject(), shown(written), reason, written.removal()));
        }
    }

    private static String shown(WrittenSetting written) {
        return written.name().equals("primary_conninfo") ? "[secret]" : written.shown(); // often with a password in it
    }

    private static Optional<String> violation(String name, String value) {
        return Optional.ofNullable(FIXED.get(name))
                .filter(fixed -> !fixed.value().equals(value))
                .map(fixed -> "is fixed by the program" + (fixed.value().isEmpty() ? "" : " to '" + fixed.value() + "'")
                        + ": " + fixed.reason());
    }
}
