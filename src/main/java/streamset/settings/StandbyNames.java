package streamset.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import streamset.config.Names;

/**
 * A value of synchronous_standby_names, read like syncrep_scanner.l and syncrep_gram.y.
 *
 * @param required how many of the standbys must have a commit before it returns
 * @param names of standbys, case-insensitive; {@code *} matches all
 */
public record StandbyNames(int required, List<String> names) {
    private static final String ALL = "*";
    private static final int ONE = 1; // a list without a number
    private static final Pattern COUNTED =
            Pattern.compile("(?i)\\s*(?:(?:ANY|FIRST)\\s+)?(\\d{1,9})\\s*\\((.*)\\)\\s*");
    private static final Pattern NAME = Pattern.compile(
            "\\G\\s*(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z_\\x80-\\x{10ffff}][\\w$\\x80-\\x{10ffff}]*|\\d+|\\*))\\s*(,|$)");

    public StandbyNames {
        names = List.copyOf(names);
    }

    /** Empty when PostgreSQL would refuse it. */
    public static Optional<StandbyNames> parse(String value) {
        var counted = COUNTED.matcher(value);
        return counted.matches()
                ? names(counted.group(2)).map(names -> new StandbyNames(Integer.parseInt(counted.group(1)), names))
                : names(value).map(names -> new StandbyNames(ONE, names));
    }

    private static Optional<List<String>> names(String list) {
        var names = new ArrayList<String>();
        Matcher matcher = NAME.matcher(list);
        while (matcher.find()) {
            names.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("\"\"", "\""));
            if (matcher.group(3).isEmpty()) {
                return Optional.of(names);
            }
        }
        return Optional.empty();
    }

    /** The names that are not those of the cluster's pods, which its standbys use. */
    public List<String> strangers(Names cluster, int replicas) {
        return names.stream()
                .filter(name -> !name.equals(ALL))
                .filter(name -> IntStream.range(0, replicas).noneMatch(ordinal -> isPod(cluster, ordinal, name)))
                .toList();
    }

    /** The number of named pods that are standbys while this one is primary. */
    public int standbys(Names cluster, int replicas, int primary) {
        return (int) IntStream.range(0, replicas)
                .filter(ordinal -> ordinal != primary)
                .filter(ordinal -> has(cluster, ordinal))
                .count();
    }

    /** Whether a pod is among them. */
    public boolean has(Names cluster, int ordinal) {
        return names.stream().anyMatch(name -> name.equals(ALL) || isPod(cluster, ordinal, name));
    }

    /** A pod that as primary would wait for more standbys than exist; empty when every pod can be primary. */
    public Optional<Integer> stuckPrimary(Names cluster, int replicas) {
        return IntStream.range(0, replicas)
                .filter(primary -> standbys(cluster, replicas, primary) < required)
                .boxed()
                .findFirst();
    }

    private static boolean isPod(Names cluster, int ordinal, String name) {
        return cluster.pod(ordinal).equalsIgnoreCase(name);
    }
}
