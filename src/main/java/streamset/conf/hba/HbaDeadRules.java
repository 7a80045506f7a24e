package streamset.conf.hba;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Finds rules that never decide, because a single earlier one fits all that they fit.
 *
 * <p>Earlier rules are found by their address and by a name in them, so that thousands of lines, one per user or one per
 * network, do not have to be compared each with each.
 */
final class HbaDeadRules {
    private final List<HbaRule> rules;
    private final Map<HbaAddress, Earlier> earlier = new HashMap<>();
    private final Set<IpAddress> masks = new LinkedHashSet<>(); // of the earlier rules

    HbaDeadRules(List<HbaRule> rules) {
        this.rules = rules;
    }

    /** @param found gets each dead rule, and the first rule that makes it so */
    void forEach(BiConsumer<HbaRule, HbaRule> found) {
        for (var rule : rules) {
            before(rule).ifPresent(first -> found.accept(rule, first));
            earlier.computeIfAbsent(rule.address(), address -> new Earlier()).add(rule);
            if (rule.address() instanceof HbaAddress.Network address) {
                masks.add(address.network().mask());
            }
        }
    }

    private Optional<HbaRule> before(HbaRule rule) {
        return addressesAround(rule.address())
                .distinct()
                .flatMap(address -> Optional.ofNullable(earlier.get(address)).stream())
                .flatMap(candidates -> candidates.covering(rule))
                .min(Comparator.comparing(HbaRule::number));
    }

    /** All addresses in the file that can cover this one. */
    private Stream<HbaAddress> addressesAround(HbaAddress address) {
        Stream<HbaAddress> more = Stream.of();
        if (address instanceof HbaAddress.Network inner) {
            more = masks.stream()
                    .filter(mask -> mask.family() == inner.network().mask().family())
                    .map(mask ->
                            new HbaAddress.Network(new IpNetwork(inner.network().address(), mask)));
        } else if (address instanceof HbaAddress.HostName host) {
            more = host.suffixes().map(HbaAddress.HostName::new);
        }
        return Stream.of(Stream.of(HbaAddress.Keyword.values()), Stream.of(address), more)
                .flatMap(same -> same);
    }

    /** The rules seen so far that have one address. */
    private static final class Earlier {
        private final Index<HbaDatabase> databases = new Index<>();
        private final Index<HbaUser> users = new Index<>();

        void add(HbaRule rule) {
            databases.add(rule.databases(), rule);
            users.add(rule.users(), rule);
        }

        Stream<HbaRule> covering(HbaRule rule) {
            var byDatabase = databases.covering(rule.databases());
            var byUser = users.covering(rule.users());
            boolean fewer = size(byDatabase) < size(byUser);
            return (fewer ? byDatabase : byUser)
                    .stream()
                            .flatMap(candidates ->
                                    candidates.stream()
                                            .filter(candidate -> candidate.covers(rule))
                                            .findFirst()
                                            .stream());
        }

        private static int size(List<List<HbaRule>> candidates) {
            return candidates.stream().mapToInt(List::size).sum();
        }
    }

    /** Rules by the databases, or by the users, that they name. */
    private static final class Index<T extends HbaValue<T>> {
        private final Map<T, List<HbaRule>> rules = new HashMap<>();
        private final Set<T> keywords = new LinkedHashSet<>();
        private final Set<T> patterns = new LinkedHashSet<>(); // that fit names, and no other word but themselves

        void add(HbaValues<T> values, HbaRule rule) {
            values.words().forEach(word -> {
                rules.computeIfAbsent(word, key -> new ArrayList<>()).add(rule);
                if (word instanceof Enum) {
                    keywords.add(word);
                } else if (!word.isName()) {
                    patterns.add(word);
                }
            });
        }

        /** Those with a word that covers the first of these: only they can cover all of them. */
        List<List<HbaRule>> covering(HbaValues<T> values) {
            var first = values.words().findFirst().orElseThrow();
            var wider = Stream.concat(keywords.stream(), first.isName() ? patterns.stream() : Stream.of())
                    .filter(word -> word.covers(first));
            return Stream.concat(Stream.of(first), wider)
                    .distinct()
                    .filter(rules::containsKey)
                    .map(rules::get)
                    .toList();
        }
    }
}
