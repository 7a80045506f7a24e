package streamset.config;

/**
 * Who decides which pod writes.
 *
 * @param automatic whether the pods decide it by themselves (Patroni); otherwise the stack declares it
 * @param times of the automatic failover
 * @param strict whether commits wait when too few synchronous standbys are left; always so when the stack declares the primary
 */
public record Failover(boolean automatic, FailoverTimes times, boolean strict) {
    /** The stack declares the primary, and a new one needs an update. */
    public static final Failover DECLARED = new Failover(false, FailoverTimes.DEFAULT, true);

    private static final String KEY = "failover";
    private static final String TIMES = "failoverTimes";
    private static final String SYNCHRONOUS = "synchronous";
    private static final String STRICT = "strict";
    private static final String BY_THEMSELVES = "with failover automatic the pods decide by themselves ";

    /**
     * Reads {@code failover}, {@code failoverTimes} and {@code synchronous.strict}.
     *
     * @param roles those of the same stack, some of which only a declared failover has
     */
    static Failover read(Section keys, Roles roles) {
        var synchronous = keys.object(SYNCHRONOUS);
        var failover = new Failover(
                keys.value(KEY, Failover::automatic, false, "automatic"),
                FailoverTimes.read(keys.object(TIMES)),
                synchronous.value(STRICT, StackConfig::bool, true, "false", LikelyValue::bool));
        if (failover.automatic) {
            refuseDeclaredLosses(keys, roles);
        } else if (!keys.isFaulty(KEY)) {
            failover.refuseAutomaticKeys(keys, synchronous);
        }
        return failover;
    }

    private static boolean automatic(String text) {
        return switch (text) {
            case "automatic" -> true;
            case "declared" -> false;
            default -> throw new IllegalArgumentException("must be declared or automatic");
        };
    }

    private static void refuseDeclaredLosses(Section keys, Roles roles) {
        if (!roles.lost().isEmpty()) {
            keys.problem(
                    "lost",
                    roles.lost().toString(),
                    BY_THEMSELVES + "who takes over, and nobody has to declare a pod lost",
                    keys.removeCommand("lost"));
        }
        if (roles.keepDiverged()) {
            keys.problem(
                    "keepDiverged",
                    "true",
                    BY_THEMSELVES + "whose data are rewound or cloned again, and keep no copy of them",
                    keys.removeCommand("keepDiverged"));
        }
    }

    private void refuseAutomaticKeys(Section keys, Section synchronous) {
        var automatic = "; or, for an automatic failover: " + keys.setCommand(KEY, "automatic");
        if (!times.equals(FailoverTimes.DEFAULT)) {
            keys.problem(
                    TIMES,
                    String.join(", ", keys.object(TIMES).names()),
                    "applies only to failover automatic: with failover declared an update decides when another pod writes",
                    keys.removeCommand(TIMES) + automatic);
        }
        if (!strict) {
            synchronous.problem(
                    STRICT,
                    "false",
                    "applies only to failover automatic: with failover declared commits always wait for their standbys",
                    synchronous.removeCommand(STRICT) + automatic);
        }
    }
}
