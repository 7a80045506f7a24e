package streamset.plan.steps;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.plan.reading.Declaration;
import streamset.settings.ServerSettings;

/** Settings with which data or logins are less safe than with the ones before. */
final class WeakerSettings {
    private static final BiPredicate<String, String> TURNED_ON = (before, after) -> after.equals("on");
    private static final BiPredicate<String, String> TURNED_OFF = (before, after) -> after.equals("off");
    private static final BiPredicate<String, String> LESS = (before, after) -> amount(after) < amount(before);
    // of synchronous_commit: each promises less than the one before
    private static final List<String> COMMITS = List.of("remote_apply", "on", "remote_write", "local", "off");

    private static final Map<ParameterName, BiPredicate<String, String>> OF_DATA = Map.of(
            ParameterName.FSYNC,
            TURNED_OFF,
            ParameterName.FULL_PAGE_WRITES,
            TURNED_OFF,
            ParameterName.DATA_SYNC_RETRY,
            TURNED_ON,
            ParameterName.ZERO_DAMAGED_PAGES,
            TURNED_ON,
            ParameterName.IGNORE_CHECKSUM_FAILURE,
            TURNED_ON,
            ParameterName.SYNCHRONOUS_COMMIT,
            (before, after) -> COMMITS.indexOf(after) > COMMITS.indexOf(before),
            ParameterName.WAL_KEEP_SIZE,
            LESS,
            ParameterName.MAX_SLOT_WAL_KEEP_SIZE,
            LESS);
    private static final Map<ParameterName, BiPredicate<String, String>> OF_SECURITY = Map.of(
            ParameterName.SSL, TURNED_OFF, ParameterName.PASSWORD_ENCRYPTION, (before, after) -> after.equals("md5"));

    private WeakerSettings() {}

    static Stream<String> forData(Declaration before, Declaration after) {
        return weaker(OF_DATA, before.settings(), after.settings());
    }

    static Stream<String> forSecurity(Declaration before, Declaration after) {
        return weaker(OF_SECURITY, before.settings(), after.settings());
    }

    private static Stream<String> weaker(
            Map<ParameterName, BiPredicate<String, String>> settings, ServerSettings before, ServerSettings after) {
        return settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> isWeaker(
                        entry.getValue(),
                        before.value(entry.getKey()).canonical(),
                        after.value(entry.getKey()).canonical()))
                .map(entry -> entry.getKey() + " becomes "
                        + after.value(entry.getKey()).shown() + " and was "
                        + before.value(entry.getKey()).shown());
    }

    private static boolean isWeaker(BiPredicate<String, String> weaker, String before, String after) {
        return !before.equals(after) && weaker.test(before, after);
    }

    /** Of a limit; -1, which is none, is the largest. */
    static double amount(String canonical) {
        return canonical.matches("\\d{1,15}") ? Double.parseDouble(canonical) : Double.MAX_VALUE;
    }
}
