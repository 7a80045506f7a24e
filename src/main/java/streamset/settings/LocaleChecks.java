package streamset.settings;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * Locales and time zones that the pods do not have: no server would start.
 *
 * @param taken the written settings that the servers accept
 */
record LocaleChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final List<ParameterName> LOCALES = List.of(
            ParameterName.LC_MESSAGES, ParameterName.LC_MONETARY, ParameterName.LC_NUMERIC, ParameterName.LC_TIME);
    // as the C library compares them: without hyphens and in lower case after the dot
    private static final Set<String> OFFICIAL_LOCALES = Set.of("", "C", "POSIX", "C.utf8", "en_US.utf8");
    private static final Pattern PLACE_OF_A_ZONE = Pattern.compile("[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+");
    private static final Set<String> ZONES =
            ZoneId.getAvailableZoneIds().stream().map(LocaleChecks::lowerCase).collect(Collectors.toUnmodifiableSet());

    // pg_timezonesets in the official image; PostgreSQL accepts only letters in their names
    private static final Set<String> ABBREVIATIONS = Set.of("Default", "Australia", "India");

    void check() {
        LOCALES.forEach(this::locale);
        List.of(ParameterName.TIMEZONE, ParameterName.LOG_TIMEZONE).forEach(this::zone);
        abbreviations();
    }

    private void locale(ParameterName name) {
        taken.get(name)
                .filter(written -> isOfficial()
                        && !OFFICIAL_LOCALES.contains(
                                normalized(written.setting().value())))
                .ifPresent(written -> problems.add(
                        written.subject(),
                        written.shown(),
                        "the official image has no such locale, only C, C.UTF-8, en_US.UTF-8 and POSIX: no server would"
                                + " start",
                        written.replacement("C.UTF-8")));
    }

    private static String normalized(String locale) {
        int dot = locale.indexOf('.');
        return dot < 0
                ? locale
                : locale.substring(0, dot)
                        + locale.substring(dot).replace("-", "").toLowerCase(Locale.ROOT);
    }

    private void zone(ParameterName name) {
        taken.get(name)
                .filter(written ->
                        PLACE_OF_A_ZONE.matcher(written.setting().value()).matches())
                .filter(written -> !ZONES.contains(lowerCase(written.setting().value())))
                .ifPresent(written -> problems.add(
                        written.subject(),
                        written.shown(),
                        "is not a time zone that PostgreSQL knows: no server would start",
                        written.removal()));
    }

    private void abbreviations() {
        taken.get(ParameterName.TIMEZONE_ABBREVIATIONS)
                .filter(written -> isOfficial()
                        && !ABBREVIATIONS.contains(written.setting().value()))
                .ifPresent(written -> problems.add(
                        written.subject(),
                        written.shown(),
                        "the official image has no such set of abbreviations, only Default, Australia and India: no server would"
                                + " start",
                        written.removal()));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean isOfficial() {
        return Image.isOfficial(config.image());
    }
}
