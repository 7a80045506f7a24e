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
 * Settings of libraries that nothing loads. PostgreSQL takes them all the same, as it takes everything with a dot in its
 * name, and nothing ever heeds them. Those that sessions load by themselves, such as pg_trgm, are no such libraries.
 *
 * @param taken what the servers take of what people wrote
 */
record ExtensionChecks(WrittenSettings taken, Problems problems) {
    private static final List<ParameterName> AT_START = List.of(ParameterName.SHARED_PRELOAD_LIBRARIES);
    private static final List<ParameterName> WITH_SESSIONS = List.of(
            ParameterName.SHARED_PRELOAD_LIBRARIES,
            ParameterName.SESSION_PRELOAD_LIBRARIES,
            ParameterName.LOCAL_PRELOAD_LIBRARIES);
    /** Libraries of the official image, and what can load each; the first is what people are told. */
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
                        "has no effect, nor has any other setting of " + library + ": nothing loads that library, and"
                                + " PostgreSQL takes its settings without a look at them",
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
