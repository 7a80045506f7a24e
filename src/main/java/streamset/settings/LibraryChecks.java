package streamset.settings;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * Libraries that the image must have. The program does not know other images than the official one; for these it warns, and the
 * Job {@code check} finds out.
 *
 * @param taken the written settings that the servers accept
 */
record LibraryChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final Pattern LIST = Pattern.compile("\\s*,\\s*");
    private static final List<ParameterName> LIBRARIES = List.of(
            ParameterName.SHARED_PRELOAD_LIBRARIES,
            ParameterName.SESSION_PRELOAD_LIBRARIES,
            ParameterName.LOCAL_PRELOAD_LIBRARIES,
            ParameterName.ARCHIVE_LIBRARY,
            ParameterName.OAUTH_VALIDATOR_LIBRARIES);
    private static final String PLUGINS = "plugins/"; // below $libdir; the only libraries that any role may load

    void check() {
        LIBRARIES.forEach(this::libraries);
    }

    private void libraries(ParameterName name) {
        taken.get(name).ifPresent(written -> {
            var absent = absent(name, written);
            if (!absent.isEmpty()) {
                report(name, written, String.join(", ", absent));
            }
        });
    }

    private void report(ParameterName name, WrittenSetting written, String absent) {
        if (isOfficial()) {
            var present = present(name, written);
            var consequence = name == ParameterName.SHARED_PRELOAD_LIBRARIES
                    ? "no server would start"
                    : "nobody could log in, or nothing would be archived";
            problems.add(
                    written.subject(),
                    written.shown(),
                    "the official image has no library " + absent + ": " + consequence,
                    OwnImage.orImage(
                            config,
                            present.isEmpty() ? written.removal() : written.replacement(written.quoted(present))));
        } else {
            problems.warn(
                    written.subject(),
                    written.shown(),
                    "the image must have the library " + absent + "; the official one does not have it",
                    written.removal());
        }
    }

    /** The settings with the rest of a list of preloaded libraries that was refused. */
    WrittenSettings corrected(WrittenSettings left) {
        var name = ParameterName.SHARED_PRELOAD_LIBRARIES;
        return taken.get(name)
                .filter(written -> isOfficial() && !absent(name, written).isEmpty())
                .filter(written -> !present(name, written).isEmpty())
                .map(written -> left.with(written.as(written.name(), present(name, written), taken.catalog())))
                .orElse(left);
    }

    private List<String> absent(ParameterName name, WrittenSetting written) {
        return libraries(written)
                .filter(library -> !library.isEmpty() && !isInOfficialImage(name, library))
                .toList();
    }

    private String present(ParameterName name, WrittenSetting written) {
        return libraries(written)
                .filter(library -> isInOfficialImage(name, library))
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> libraries(WrittenSetting written) {
        return LIST.splitAsStream(written.setting().value().strip()).map(LibraryChecks::unquoted);
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
