package streamset.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * Libraries that the image must have. Of images other than the official one the program knows nothing; there it warns, and
 * the Job {@code check} finds out.
 *
 * @param taken what the servers take of what people wrote
 */
record LibraryChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");
    private static final List<ParameterName> LIBRARIES = List.of(
            ParameterName.SHARED_PRELOAD_LIBRARIES,
            ParameterName.SESSION_PRELOAD_LIBRARIES,
            ParameterName.LOCAL_PRELOAD_LIBRARIES,
            ParameterName.ARCHIVE_LIBRARY,
            ParameterName.OAUTH_VALIDATOR_LIBRARIES);
    private static final String PLUGINS = "plugins/"; // below $libdir; the only ones that anybody may load

    void check() {
        LIBRARIES.forEach(this::libraries);
    }

    private void libraries(ParameterName name) {
        taken.get(name).ifPresent(written -> {
            var absent = LIST.splitAsStream(written.setting().value().strip())
                    .map(LibraryChecks::unquoted)
                    .filter(library -> !library.isEmpty() && !isInOfficialImage(name, library))
                    .toList();
            if (!absent.isEmpty()) {
                var present = new ArrayList<>(
                        LIST.splitAsStream(written.setting().value().strip())
                                .map(LibraryChecks::unquoted)
                                .toList());
                present.removeAll(absent);
                var names = String.join(", ", absent);
                if (isOfficial()) {
                    problems.add(
                            written.subject(),
                            written.shown(),
                            "the official image has no library " + names + ": "
                                    + (name == ParameterName.SHARED_PRELOAD_LIBRARIES
                                            ? "no server would start"
                                            : "nobody could log in, or nothing would be archived"),
                            OwnImage.orImage(config, 
                                    present.isEmpty()
                                            ? written.removal()
                                            : written.replacement(written.quoted(String.join(", ", present)))));
                } else {
                    problems.warn(
                            written.subject(),
                            written.shown(),
                            "the image must have the library " + names + "; the official one has not",
                            written.removal());
                }
            }
        });
    }

    private static String unquoted(String name) {
        return name.replaceAll("^\"|\"$", "");
    }

    private boolean isInOfficialImage(ParameterName parameter, String library) {
        var name = library.replaceFirst("^\\$libdir/", "").replaceFirst("\\.so$", "");
        boolean local = parameter == ParameterName.LOCAL_PRELOAD_LIBRARIES || name.startsWith(PLUGINS);
        return !local && taken.catalog().hasLibrary(name);
    }

    private boolean isOfficial() {
        return Image.isOfficial(config.image());
    }
}
