package streamset.config;

import java.util.List;
import java.util.TreeSet;

/**
 * Which pod writes, and which standbys it waits for.
 *
 * @param primary the ordinal of the declared primary; a change means a handover
 * @param lost ordinals of pods that nobody waits for any more: what only they have is discarded; sorted
 * @param keepDiverged whether a lost pod that returns keeps a copy of its old data, if it has room for it
 * @param synchronousStandbys how many standbys must have a commit on disk before it is acknowledged; 0 for none
 */
public record Roles(int primary, List<Integer> lost, boolean keepDiverged, int synchronousStandbys) {
    /** The roles of a stack that does not set them. */
    public static final Roles DEFAULT = new Roles(0, List.of(), false, 0);

    public Roles {
        lost = List.copyOf(lost);
    }

    /**
     * Reads {@code primary}, {@code lost}, {@code keepDiverged} and {@code synchronous}.
     *
     * @param replicas how many pods there are to choose from
     */
    static Roles read(Section keys, int replicas) {
        int primary = keys.value("primary", text -> primary(text, replicas), 0, "0");
        return new Roles(
                primary,
                lost(keys, replicas, primary),
                keys.value("keepDiverged", StackConfig::bool, false, "true", LikelyValue::bool),
                synchronousStandbys(keys.object("synchronous"), replicas));
    }

    private static int primary(String text, int replicas) {
        return StackConfig.wholeNumber(
                text,
                0,
                replicas - 1,
                "must be the ordinal of a pod, " + ordinals(replicas)
                        + ": scaling never removes the primary, hand over first");
    }

    private static List<Integer> lost(Section keys, int replicas, int primary) {
        var lost = new TreeSet<Integer>();
        for (String text : keys.list("lost")) {
            try {
                lost.add(StackConfig.wholeNumber(
                        text, 0, replicas - 1, "must contain ordinals of pods, " + ordinals(replicas)));
            } catch (IllegalArgumentException e) {
                keys.problem("lost", text, e.getMessage(), keys.removeCommand("lost"));
            }
        }
        if (lost.contains(primary)) {
            keys.problem(
                    "lost",
                    lost.toString(),
                    "pod " + primary + " is the declared primary: a lost pod cannot write",
                    keys.setCommand("primary", "<one of the others>"));
        }
        return List.copyOf(lost);
    }

    private static int synchronousStandbys(Section fields, int replicas) {
        int standbys = fields.value("standbys", text -> standbys(text, replicas), 0, replicas == 1 ? "0" : "1");
        return standbys;
    }

    private static int standbys(String text, int replicas) {
        var most = replicas - 1;
        return StackConfig.wholeNumber(
                text,
                0,
                most,
                "must be a whole number of standbys, 0 … " + most + ": " + replicas
                        + (replicas == 1 ? " pod has no standby" : " pods have " + most + " standbys")
                        + ", and with more required no commit would ever be acknowledged");
    }

    private static String ordinals(int replicas) {
        return replicas == 1 ? "0" : "0 … " + (replicas - 1);
    }
}
