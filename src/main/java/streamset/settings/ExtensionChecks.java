package streamset.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.LibraryList;
import streamset.catalog.ParameterName;
import streamset.problems.Problems;

/**
 * Settings of libraries that nothing loads. PostgreSQL accepts them anyway, as it does every name with a dot, and ignores them.
 * Libraries that sessions load by themselves, such as pg_trgm, are not meant.
 *
 * @param taken the written settings that the servers accept
 */
record ExtensionChecks(WrittenSettings taken, Problems problems) {
    private static final List<ParameterName> AT_START = List.of(ParameterName.SHARED_PRELOAD_LIBRARIES);
    private static final List<ParameterName> WITH_SESSIONS = List.of(
            ParameterName.SHARED_PRELOAD_LIBRARIES,
            ParameterName.SESSION_PRELOAD_LIBRARIES,
            ParameterName.LOCAL_PRELOAD_LIBRARIES);
    /** Libraries of the official image, and the parameters that can load each; the first one is suggested. */
    private static final Map<String, List<ParameterName>> LOADED_BY = Map.of(
            "auth_delay", AT_START,
            "pg_prewarm", AT_START,
            "pg_stat_statements", AT_START,
            "auto_explain", WITH_SESSIONS,
            "basebackup_to_shell", WITH_SESSIONS,
            "passwordcheck", WITH_SESSIONS,
            "basic_archive", List.of(ParameterName.ARCHIVE_LIBRARY));

    void check() {
        var first = new LinkedHashMap<String, WrittenSetting>();
        for (var written : taken.holding()) {
            first.putIfAbsent(written.name().replaceFirst("\\..*", ""), written);
        }
        first.keySet().retainAll(LOADED_BY.keySet());
        first.forEach((library, written) -> {
            if (!isLoaded(library) && written.name().contains(".")) {
                problems.warn(
                        written.subject(),
                        written.shown(),
                        "has no effect, like all settings of " + library + ": nothing loads this library, and"
                                + " PostgreSQL accepts its settings unchecked",
                        loading(LOADED_BY.get(library).get(0), library, written) + ", or " + written.removal());
            }
        });
    }

    private boolean isLoaded(String library) {
        return LOADED_BY.get(library).stream().anyMatch(name -> loaded(name).contains(library));
    }

    private Set<String> loaded(ParameterName name) {
        return taken.get(name)
                .map(WrittenSetting::canonical)
                .map(LibraryList::names)
                .orElse(Set.of());
    }

    private String loading(ParameterName name, String library, WrittenSetting setting) {
        return taken.get(name)
                .filter(written -> !written.setting().value().isBlank())
                .map(written -> written.replacement(written.quoted(
                        Stream.of(written.setting().value(), library).collect(Collectors.joining(", ")))))
                .orElseGet(() -> setting.addition(name.toString(), library));
    }
}
