package streamset.settings;

import java.util.EnumMap;
import java.util.Map;
import streamset.catalog.ParameterName;
import streamset.problems.Problems;

/**
 * Recovery settings in a file that all pods share. Every standby is a server in recovery, for as long as it lives, and so is
 * a primary after a crash; what is written for one recovery would act in all of them.
 *
 * @param taken what the servers take of what people wrote
 */
record RecoveryChecks(WrittenSettings taken, Problems problems) {
    private static final String ENDS =
            "would end the recovery of every standby there: it would stop, or promote itself" + " beside the primary";
    private static final String TARGET =
            "belongs to a recovery that ends at a target, which must not happen to a standby";

    private static final Map<ParameterName, String> REASONS = new EnumMap<>(Map.ofEntries(
            Map.entry(ParameterName.RECOVERY_TARGET, ENDS),
            Map.entry(ParameterName.RECOVERY_TARGET_LSN, ENDS),
            Map.entry(ParameterName.RECOVERY_TARGET_NAME, ENDS),
            Map.entry(ParameterName.RECOVERY_TARGET_TIME, ENDS),
            Map.entry(ParameterName.RECOVERY_TARGET_XID, ENDS),
            Map.entry(ParameterName.RECOVERY_TARGET_ACTION, TARGET),
            Map.entry(ParameterName.RECOVERY_TARGET_INCLUSIVE, TARGET),
            Map.entry(
                    ParameterName.RECOVERY_TARGET_TIMELINE,
                    "must be latest: else standbys do not follow a new primary"),
            Map.entry(
                    ParameterName.PROMOTE_TRIGGER_FILE,
                    "would promote a standby beside the primary; streamset:primary says who writes"),
            Map.entry(
                    ParameterName.RESTORE_COMMAND,
                    "would run before every promotion and whenever a standby waits for WAL: a hand over waits for it"),
            Map.entry(
                    ParameterName.RECOVERY_END_COMMAND,
                    "would run in the midst of every promotion, and writes wait for its end")));

    void check() {
        REASONS.forEach((name, reason) -> taken.get(name)
                .filter(written -> !written.setting().isDefault())
                .ifPresent(written -> problems.add(written.subject(), written.shown(), reason, written.removal())));
        taken.get(ParameterName.ARCHIVE_CLEANUP_COMMAND)
                .filter(written -> !written.setting().isDefault())
                .ifPresent(written -> problems.warn(
                        written.subject(),
                        written.shown(),
                        "every standby runs it: one deletes from the archive what another may still need",
                        written.removal()));
        taken.get(ParameterName.RECOVERY_MIN_APPLY_DELAY)
                .filter(written -> written.number() > 0)
                .ifPresent(written -> problems.warn(
                        written.subject(),
                        written.shown(),
                        "holds for every standby, and so for what standbys answer; the one that is to become primary replays at once",
                        written.removal()));
    }
}
