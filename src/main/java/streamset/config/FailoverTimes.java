package streamset.config;

import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import streamset.units.LikelyAmount;

/**
 * How fast an automatic failover is, in the terms of Patroni.
 *
 * @param ttl for so long a primary holds its lease after it was last renewed; after that another pod may take over
 * @param loopWait between two looks of a pod, which renew the lease
 * @param retryTimeout for so long a pod tries to reach the API server, and a server, before it gives up
 * @param primaryStartTimeout for so long a primary that has crashed may recover in place before another pod takes over
 */
public record FailoverTimes(Duration ttl, Duration loopWait, Duration retryTimeout, Duration primaryStartTimeout) {
    /**
     * The shortest lease that Patroni allows, so that a lost node costs little more than that. Four looks fit into it, and a
     * primary that cannot reach the API server has given up, or gone over to its failsafe mode, well before its end.
     */
    public static final FailoverTimes DEFAULT = new FailoverTimes(
            Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(300));

    private static final String TTL = "ttl";
    private static final String LOOP_WAIT = "loopWait";
    private static final String RETRY_TIMEOUT = "retryTimeout";
    private static final String PRIMARY_START_TIMEOUT = "primaryStartTimeout";

    // Patroni's own: below them it takes other values without an error
    private static final int LEAST_TTL = 20;
    private static final int LEAST_LOOP_WAIT = 1;
    private static final int LEAST_RETRY_TIMEOUT = 3;
    private static final int MOST = 300; // a lease that outlives its holder for longer is no failover
    private static final int MOST_START = 3600; // as the startup probe: a crash recovery from a slow disk
    private static final Pattern TIME = Pattern.compile("(\\d{1,4})\\s*(s|m|min)");

    /** Reads the object {@code streamset:failoverTimes}. */
    static FailoverTimes read(Section fields) {
        var times = new FailoverTimes(
                time(fields, TTL, LEAST_TTL, MOST, DEFAULT.ttl),
                time(fields, LOOP_WAIT, LEAST_LOOP_WAIT, MOST, DEFAULT.loopWait),
                time(fields, RETRY_TIMEOUT, LEAST_RETRY_TIMEOUT, MOST, DEFAULT.retryTimeout),
                time(fields, PRIMARY_START_TIMEOUT, 0, MOST_START, DEFAULT.primaryStartTimeout));
        times.refuseAShortLease(fields);
        return times;
    }

    private static Duration time(Section fields, String key, int least, int most, Duration fallback) {
        Function<String, Duration> parser = text -> time(text, least, most);
        return fields.value(key, parser, fallback, words(fallback), LikelyAmount::time);
    }

    private static Duration time(String text, int least, int most) {
        var matcher = TIME.matcher(text.strip());
        if (matcher.matches()) {
            long number = Integer.parseInt(matcher.group(1));
            var time = matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
            if (time.toSeconds() >= least && time.toSeconds() <= most) {
                return time;
            }
        }
        throw new IllegalArgumentException("must be a time such as 30s or 1m, " + least + "s … " + most + "s");
    }

    /** Otherwise Patroni would take other values silently. */
    private void refuseAShortLease(Section fields) {
        var least = loopWait.plus(retryTimeout.multipliedBy(2));
        if (ttl.compareTo(least) < 0) {
            fields.problem(
                    TTL,
                    words(ttl),
                    "must be at least loopWait + 2 × retryTimeout (" + words(loopWait) + " + 2 × " + words(retryTimeout)
                            + "): otherwise a lease ends while its holder still tries to renew it",
                    least.toSeconds() <= MOST
                            ? fields.setCommand(TTL, words(least))
                            : fields.removeCommand(LOOP_WAIT) + "; " + fields.removeCommand(RETRY_TIMEOUT));
        }
    }

    private static String words(Duration time) {
        return time.toSeconds() + "s";
    }
}
