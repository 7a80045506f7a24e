package streamset.settings;

import java.util.EnumMap;
import java.util.Map;
import streamset.catalog.ParameterName;
import streamset.problems.Problems;

/**
 * Recovery settings in a file that all pods share. Every standby is always in recovery, and so is a primary after a crash;
 * settings for one recovery would affect all of them.
 *
 * @param taken the written settings that the servers accept
 */
record RecoveryChecks(WrittenSettings taken, Problems problems) {
    private static final String ENDS =
            "would end the recovery of every standby there: it would stop, or promote itself" + " beside the primary";
    private static final String TARGET = "belongs to a recovery that ends at a target, which a standby must never do";

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
                    "must be latest: otherwise standbys do not follow a new primary"),
            Map.entry(
                    ParameterName.PROMOTE_TRIGGER_FILE,
                    "would promote a standby beside the primary; streamset:primary declares which pod writes"),
            Map.entry(
                    ParameterName.RESTORE_COMMAND,
                    "would run before every promotion and whenever a standby waits for WAL: a handover waits for it"),
            Map.entry(
                    ParameterName.RECOVERY_END_COMMAND,
                    "would run during every promotion, and writes wait for its end")));

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
                        "applies to every standby, and so to what clients read there; the declared primary replays at once",
                        written.removal()));
    }
}
